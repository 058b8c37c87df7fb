import { upperFirst } from "../kernel/text";

const irregular: Readonly<Record<string, string>> = {
  feet: "foot",
  teeth: "tooth",
  geese: "goose",
  mice: "mouse",
  lice: "louse",
  oxen: "ox",
  dice: "die",
  criteria: "criterion",
  phenomena: "phenomenon",
  indices: "index",
  vertices: "vertex",
  matrices: "matrix",
  appendices: "appendix",
  quizzes: "quiz",
  axes: "axis",
  leaves: "leaf",
  lives: "life",
  knives: "knife",
  wives: "wife",
  wolves: "wolf",
  halves: "half",
  selves: "self",
  shelves: "shelf",
  loaves: "loaf",
  thieves: "thief",
  calves: "calf",
  scarves: "scarf",
  hooves: "hoof",
  heroes: "hero",
  potatoes: "potato",
  tomatoes: "tomato",
  echoes: "echo",
  vetoes: "veto",
  torpedoes: "torpedo",
  movies: "movie",
  cookies: "cookie",
  calories: "calorie",
  selfies: "selfie",
  zombies: "zombie",
  rookies: "rookie",
  pies: "pie",
  ties: "tie",
  lies: "lie",
  caches: "cache",
  niches: "niche",
  headaches: "headache",
  avalanches: "avalanche",
  buses: "bus",
  statuses: "status",
  viruses: "virus",
  bonuses: "bonus",
  campuses: "campus",
  censuses: "census",
  focuses: "focus",
  surpluses: "surplus",
  choruses: "chorus",
  consensuses: "consensus",
  apparatuses: "apparatus",
  gases: "gas",
  lenses: "lens",
  aliases: "alias",
  canvases: "canvas",
  atlases: "atlas",
  biases: "bias",
  menus: "menu",
  gurus: "guru",
};

/** Words that are singular although they end like a plural, or have no plural. */
const unchanged: ReadonlySet<string> = new Set(
  (
    "news series species means lens bus gas alias canvas atlas bias chaos cosmos sms gps dns aws " +
    "specimen omen abdomen regimen"
  ).split(" "),
);

/** Endings and what replaces them, tried in this order. */
const endings: readonly (readonly [ending: RegExp, replacement: string])[] = [
  [/(analy|diagno|progno|hypothe|parenthe|synop|the|cri|oa|synthe|neuro)ses$/, "$1sis"],
  [/men$/, "man"],
  [/people$/, "person"],
  [/children$/, "child"],
  [/([^aeiou])ies$/, "$1y"],
  [/quies$/, "quy"],
  [/(ss|sh|ch|x|zz)es$/, "$1"],
  [/(ss|us|is)$/, "$1"],
  [/s$/, ""],
];

/**
 * The singular of a name that ends in an English plural: `tasks` → `task`, `orderCategories` → `orderCategory`, `people` → `person`.
 * A name that is no plural stays as it is.
 */
export function singular(name: string): string {
  // userIDs
  if (/[A-Z]{2}s$/.test(name)) return name.slice(0, -1);
  const [start, last] = splitLastWord(name);
  const one = singularWord(last.toLowerCase());
  if (one === last.toLowerCase()) return name;
  return start + (last === upperFirst(last) ? upperFirst(one) : one);
}

function singularWord(word: string): string {
  if (unchanged.has(word)) return word;
  const known = Object.hasOwn(irregular, word) ? irregular[word] : undefined;
  if (known !== undefined) return known;
  if (word.length < 3) return word;
  for (const [ending, replacement] of endings) {
    if (ending.test(word)) return word.replace(ending, replacement);
  }
  return word;
}

/** `orderItems` → `order`, `Items`; `order_items` → `order_`, `items`. */
function splitLastWord(name: string): readonly [string, string] {
  const cut = Math.max(name.search(/[A-Z][a-z0-9]*$/), name.search(/(?<=_)[A-Za-z0-9]+$/), 0);
  return [name.slice(0, cut), name.slice(cut)];
}

/** The plural of a name that is an English singular, by the common rules; `undefined` for one that is a plural already. */
export function plural(name: string): string | undefined {
  if (singular(name) !== name) return undefined;
  if (/(?:s|x|z|ch|sh)$/i.test(name)) return `${name}es`;
  return /[^aeiou]y$/i.test(name) ? `${name.slice(0, -1)}ies` : `${name}s`;
}
