import { kindsOf } from "./access";
import { rowIds, writeSomething } from "./actions";
import { createChance, seedOf } from "./chance";
import { currentVersion } from "./earlierApp";
import type { Phone } from "./phone";
import type { TableName } from "./project";
import { rareStories } from "./rareStories";
import { scopeStories } from "./scopeStories";
import { backUp, goBack, updateApp, type Storm } from "./storm";
import { editsOfOneRow, later, otherPhone, type Story } from "./telling";
import type { World } from "./world";
import { createRow, removeRow, updateRow, visitsOf } from "./writing";

/** A backup holds ops that its original sends; whoever goes back to it edits that very row, and reaches the server late. */
const editWhatWasSent: Story = {
  needs: [],
  tell: (told) => {
    const { world, phone, chance, storm } = told;
    const fault = "F14 backup restored or cloned";
    if (world.shape.isForgetful || world.isOff(fault) || !phone.app) return;
    const edit = editsOfOneRow(told, phone.app);
    const isTwice = chance.happens(0.5);
    phone.setOnline(false);
    edit(phone);
    // What was recorded before a start takes no more edits: a second op of the row.
    if (isTwice)
      later(told, 100, () => {
        phone.kill("restarted");
        phone.start();
      });
    if (isTwice) later(told, 300, () => edit(phone));
    later(told, 500, () => backUp(world, phone, storm));
    later(told, 600, () => phone.setOnline(true));
    // The second one is left for both to send.
    const isHalf = isTwice && chance.happens(0.5);
    if (isHalf) {
      later(told, 850 + chance.below(500), () => phone.setOnline(false));
      later(told, 5_000, () => phone.setOnline(true));
    }
    later(told, isHalf ? 1_500 : 2_500 + chance.below(3_000), () => {
      const copy = (chance.happens(isHalf ? 1 : 0.4) && otherPhone(told)) || phone;
      if (!goBack(world, copy, storm)) return;
      copy.setOnline(false);
      later(told, 30, () => {
        if (chance.happens(0.7)) edit(copy);
        else writeSomething(world, copy, chance);
      });
      later(told, 500 + chance.below(1_000), () => copy.setOnline(true));
    });
  },
};

/** A phone that went back to a backup is backed up again before it has sent what is new; two go on from that. */
const copyTheCopy: Story = {
  needs: [],
  tell: (told) => {
    const { world, phone, chance, storm } = told;
    if (world.shape.isForgetful || world.isOff("F14 backup restored or cloned") || !phone.app)
      return;
    const edit = editsOfOneRow(told, phone.app);
    backUp(world, phone, storm);
    phone.setOnline(true);
    writeSomething(world, phone, chance);
    later(told, 1_200 + chance.below(600), () => {
      if (!goBack(world, phone, storm)) return;
      phone.setOnline(false);
      later(told, 20, () => edit(phone));
      later(told, 120, () => backUp(world, phone, storm));
      later(told, 140, () => phone.setOnline(true));
      const other = otherPhone(told);
      // What would be undone, were the op applied once more.
      if (other) later(told, 900 + chance.below(300), () => edit(other));
      later(told, 1_600 + chance.below(800), () => {
        goBack(world, (chance.happens(0.3) && other) || phone, storm);
      });
    });
  },
};

/** The app is updated while an op is on its way and another waits behind it; somebody goes on from a backup of that. */
const updateWhatWasCopied: Story = {
  needs: [],
  isOfUpdate: true,
  tell: (told) => {
    const { world, phone, chance, storm } = told;
    const fault = "F14 backup restored or cloned";
    if (world.shape.isForgetful || world.isOff(fault) || !phone.app) return;
    const edit = editsOfOneRow(told, phone.app);
    phone.setOnline(true);
    edit(phone);
    later(told, 40 + chance.below(150), () => edit(phone));
    // Mostly when the first one has arrived, and its answer has not.
    const update = 200 + chance.below(500);
    later(told, update - 5, () => phone.setOnline(false));
    later(told, update - 2, () => backUp(world, phone, storm));
    later(told, update, () => updateApp(world, phone));
    if (chance.happens(0.3)) later(told, update + 200, () => edit(phone));
    later(told, update + 100 + chance.below(1_000), () => phone.setOnline(true));
    later(told, update + 1_000 + chance.below(1_500), () => {
      const copy = (chance.happens(0.5) && otherPhone(told)) || phone;
      if (!goBack(world, copy, storm) || chance.happens(0.5)) return;
      copy.setOnline(false);
      later(told, 30, () => writeSomething(world, copy, chance));
      later(told, 500 + chance.below(1_000), () => copy.setOnline(true));
    });
  },
};

/** A counter moves on two phones, on one of them behind an op of the row that is in flight. */
const countTogether: Story = {
  needs: ["contacts"],
  tell: (told) => {
    const { world, phone, chance } = told;
    const { app } = phone;
    const other = otherPhone(told);
    if (!app || !other) return;
    const count = (on: Phone, id: string) => {
      const visits = on.app && visitsOf(on.app, "contacts", id);
      if (on.app && visits !== null)
        updateRow(world, on.app, "contacts", id, { visits: visits + 1 + chance.below(3) });
    };
    const go = (id: string) => {
      count(phone, id);
      later(told, 80 + chance.below(300), () => count(phone, id));
      // The first op arrives, its answer does not.
      if (chance.happens(0.6)) later(told, 250 + chance.below(300), () => phone.setOnline(false));
      later(told, 1_500 + chance.below(1_500), () => count(other, id));
      later(told, 4_500, () => phone.setOnline(true));
    };
    const ids = rowIds(app, "contacts");
    if (ids.length > 0 && chance.happens(0.4)) return go(chance.pick(ids));
    void createRow(world, app, "contacts", { name: `${phone.name} counts` }).then((id) => {
      if (id !== null) go(id);
    });
  },
};

/** Two phones make the row of one natural key; one of them deletes it before it has sent its own. */
const useSameKey: Story = {
  needs: ["scores"],
  tell: (told) => {
    const { world, phone, chance } = told;
    const other = otherPhone(told);
    if (!phone.app || !other?.app) return;
    const level = `key of ${phone.name}`;
    const make = ({ app }: Phone) =>
      app
        ? createRow(world, app, "scores", { level, points: chance.below(1e9) })
        : Promise.resolve(null);
    void make(other);
    // About when the news of it arrive, in the middle of a cycle.
    later(told, 150 + chance.below(900), () => {
      void make(phone).then((id) => {
        if (id === null) return;
        later(told, 20 + chance.below(250), () => {
          if (phone.app && rowIds(phone.app, "scores").includes(id))
            removeRow(world, phone.app, "scores", id);
        });
      });
    });
  },
};

/** An older op comes to name a row whose creation waits behind one that the server throws at. */
const nameWhatWaits: Story = {
  needs: ["projects", "tasks"],
  tell: (told) => {
    const { world, phone, chance } = told;
    const { app } = phone;
    if (!app || world.isOff("F22 poison op")) return;
    phone.setOnline(false);
    const text = `${phone.name} names`;
    void createRow(world, app, "tasks", { text }).then(async (task) => {
      await createRow(world, app, "projects", { name: `poison ${text}` });
      const project = await createRow(world, app, "projects", { name: text });
      if (task !== null && project !== null) updateRow(world, app, "tasks", task, { project });
    });
    later(told, 1_000 + chance.below(500), () => phone.setOnline(true));
  },
};

const ownStories: readonly Story[] = [
  editWhatWasSent,
  countTogether,
  useSameKey,
  nameWhatWaits,
  copyTheCopy,
  updateWhatWasCopied,
];

const stories = [...ownStories, ...scopeStories];

/** The stories that may be told of a run's tables, and of its phones. */
const toldOf = (
  all: readonly Story[],
  tables: readonly TableName[],
  hasEarlierApps: boolean,
): readonly Story[] =>
  all.filter(
    ({ needs, isOfUpdate }) =>
      needs.every((table) => tables.includes(table)) && (hasEarlierApps || isOfUpdate !== true),
  );

/** The phones that a story may be told of. */
const phonesOf = (story: Story, phones: readonly Phone[]): readonly Phone[] =>
  story.isOfUpdate === true ? phones.filter(({ version }) => version !== currentVersion) : phones;

/** How likely a run has a story; of an update, only one with earlier apps can tell. */
const storyRate = { usual: 0.15, withEarlierApps: 0.4, withScopes: 0.4, rare: 0.2 };

/** A story, and the step after which it begins. */
interface Plot {
  readonly start: number;
  /** How long it takes, as far as the run waits for it, ms. */
  readonly lasts: number;
  tell(storm: Storm): void;
}

/** The story of the run, if it has one. */
export function plotOf(world: World): Plot | null {
  const { seed, tables } = world.options;
  const { steps, hasEarlierApps } = world.shape;
  const known = createChance(seedOf(seed, "stories"));
  const rare = createChance(seedOf(seed, "rare stories"));
  const kind =
    kindsOf(world).length > 0 ? "withScopes" : hasEarlierApps ? "withEarlierApps" : "usual";
  const isTold = known.happens(storyRate[kind]);
  if (!isTold && !rare.happens(storyRate.rare)) return null;
  const chance = isTold ? known : rare;
  const story = chance.pick(toldOf(isTold ? stories : rareStories, tables, hasEarlierApps));
  return {
    start: 2 + chance.below(steps / 2),
    lasts: story.lasts ?? 0,
    tell: (storm) => {
      world.log("world", "a story");
      const phones = phonesOf(story, world.phones);
      if (phones.length > 0) story.tell({ world, phone: chance.pick(phones), chance, storm });
    },
  };
}
