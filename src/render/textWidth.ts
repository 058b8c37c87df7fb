/**
 * Columns that a text takes in a fixed-width font, counted as prettier counts them: wide characters and emoji are two,
 * combining marks none.
 */
export function textWidth(text: string): number {
  if (!special.test(text)) return text.length;
  let width = 0;
  const plain = text.replace(emoji, () => {
    width += 2;
    return "";
  });
  for (const character of plain) {
    if (/[\u0000-\u001f\u007f-\u009f]/.test(character)) continue;
    if (/[\p{Nonspacing_Mark}\p{Enclosing_Mark}]/u.test(character)) continue;
    width += wide.test(character) ? 2 : 1;
  }
  return width;
}

const special = /[^\x20-\x7f]/;

/** Sequences that are drawn as one emoji: flags, keycaps, families, skin tones. */
const emoji =
  /[#*0-9]\ufe0f?\u20e3|\p{Regional_Indicator}{2}|(?:\p{Emoji_Presentation}|\p{Extended_Pictographic}\ufe0f)\p{Emoji_Modifier}?(?:\u200d\p{Extended_Pictographic}\ufe0f?\p{Emoji_Modifier}?)*/gu;

/** East Asian wide and full-width blocks. */
const wide =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\u33ff\u3400-\u4dbf\u4e00-\u9fff\ua000-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]/u;
