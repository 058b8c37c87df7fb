import { afterEach, describe, expect, it, vi } from "vitest";
import type { CustomMerge, FieldRules, Policy } from "../../../templates/shared/policy";
import { custom } from "../../../templates/shared/policies/custom";
import { fieldMerge } from "../../../templates/shared/policies/fieldMerge";
import { hlcWins } from "../../../templates/shared/policies/hlc";
import { lastWriteWins } from "../../../templates/shared/policies/lastWriteWins";
import { manual } from "../../../templates/shared/policies/manual";
import { maxWins } from "../../../templates/shared/policies/maxWins";
import { mobileWins } from "../../../templates/shared/policies/mobileWins";
import { serverWins } from "../../../templates/shared/policies/serverWins";
import { settle } from "../world";
import { note, text } from "./fields";
import { createPhones, type Phones } from "./phones";
import type { PhoneTable } from "./project";

afterEach(() => {
  vi.useRealTimers();
});

const hour = 3_600_000;
/** A reference to nothing. */
const nowhere = "018bcfe5-0000-7000-8000-000000000000";

/** Two phones that have a document, and its id. */
async function shareDocument(table: PhoneTable) {
  const phones = createPhones({ documents: table });
  const [mine, theirs] = [await phones.phone(), await phones.phone()];
  const { clientId } = await mine.table("documents").create({ title: "first", body: "first" });
  await phones.time.pass(2_000);
  const document = () => storedDocument(phones, clientId);
  return { ...phones, mine, theirs, clientId, document };
}

async function storedDocument({ stored }: Phones, clientId: string) {
  return (await stored("documents"))[clientId];
}

describe("I10: what I have not seen, I do not overwrite", () => {
  const policies: readonly [Policy, string][] = [
    [manual, "conflict"],
    [serverWins, "superseded"],
    [lastWriteWins, "superseded"],
    [hlcWins, "superseded"],
    [fieldMerge, "superseded"],
  ];

  it.each(
    policies.flatMap(([policy, end]) =>
      [false, true].map((isLost) => ({ name: policy.name, isLost, policy, end })),
    ),
  )(
    "$name, answer lost: $isLost · the title that somebody wrote at 11 stays, though I wrote one at 10 that is sent later",
    async ({ policy, isLost, end }) => {
      const { time, mine, theirs, clientId, document } = await shareDocument({
        policy,
        fields: { title: text, body: note },
      });
      mine.network.lostAnswers = isLost ? 99 : 0;
      await mine.table("documents").update(clientId, { body: "mine" });
      await settle();
      mine.device.setOnline(false);
      await time.pass(60_000);
      await mine.table("documents").update(clientId, { title: "mine, at 10" });
      await time.pass(hour);

      await theirs.device.sync.syncNow();
      await theirs.table("documents").update(clientId, { title: "theirs, at 11" });
      await time.pass(hour);
      mine.network.lostAnswers = 0;
      mine.device.setOnline(true);
      await time.pass(10_000);

      expect(await document()).toEqual({ title: "theirs, at 11", body: "mine" });
      const issues = await mine.device.sync.issues();
      expect(issues.map(({ state, mine }) => [state, mine])).toEqual([
        [end, { title: "mine, at 10" }],
      ]);
    },
  );
});

describe("I10: whether the app was restarted between my two edits makes no difference", () => {
  /** Keeps what others changed since the base. */
  const keepTheirs: CustomMerge = ({ op, current, concurrent }) => {
    const own = Object.entries(op.fields).filter(
      ([field]) => !concurrent || op.base?.[field] === current.fields[field],
    );
    return {
      kind: "write",
      row: {
        fields: { ...current.fields, ...Object.fromEntries(own) },
        deleted: false,
        edited: op.edited,
        clocks: {},
      },
    };
  };
  const tables: readonly [Policy, PhoneTable["options"]][] = [
    [fieldMerge, {}],
    [custom, { merge: keepTheirs }],
  ];

  it.each(
    tables.flatMap(([policy, options]) =>
      [false, true].map((restarts) => ({ name: policy.name, restarts, policy, options })),
    ),
  )("$name, restarted: $restarts · the later title wins", async ({ policy, options, restarts }) => {
    const { time, mine, theirs, clientId, document } = await shareDocument({
      policy,
      options: options ?? {},
      fields: { title: text, body: note },
    });
    mine.device.setOnline(false);
    await mine.table("documents").update(clientId, { body: "mine" });
    await time.pass(60_000);
    if (restarts) await mine.restart();
    await mine.table("documents").update(clientId, { title: "mine, at 10" });
    await time.pass(hour);

    await theirs.device.sync.syncNow();
    await theirs.table("documents").update(clientId, { title: "theirs, at 11" });
    await time.pass(hour);
    mine.device.setOnline(true);
    await time.pass(10_000);

    expect(await document()).toEqual({ title: "theirs, at 11", body: "mine" });
  });
});

describe("an edit that brings back a row which somebody has deleted", () => {
  it("brings back my edit before, too, though its answer was lost", async () => {
    const { time, mine, theirs, clientId, document } = await shareDocument({
      policy: mobileWins,
      fields: { title: text, body: note },
    });
    mine.network.lostAnswers = 99;
    await mine.table("documents").update(clientId, { body: "mine" });
    await settle();
    mine.device.setOnline(false);
    await mine.table("documents").update(clientId, { title: "mine" });
    await time.pass(hour);

    await theirs.device.sync.syncNow();
    await theirs.table("documents").remove(clientId);
    await time.pass(hour);
    mine.network.lostAnswers = 0;
    mine.device.setOnline(true);
    await time.pass(10_000);

    expect(await document()).toEqual({ title: "mine", body: "mine" });
    expect(await theirs.shown("documents", clientId)).toMatchObject({
      title: "mine",
      body: "mine",
    });
    expect(await mine.ops()).toEqual([]);
  });
});

describe("a form that was opened while my last edit was on its way", () => {
  it("max-wins · the note that I type into it is kept: nobody else has written", async () => {
    const phones = createPhones({
      books: {
        policy: maxWins,
        options: { by: "position" },
        fields: { position: { kind: "integer", optional: false }, note },
      },
    });
    const phone = await phones.phone();
    const { clientId } = await phone.table("books").create({ position: 5 });
    await phones.time.pass(2_000);
    phone.network.holdAnswers();
    await phone.table("books").update(clientId, { position: 7 });
    await settle();
    const opened = await phone.shown("books", clientId);
    phone.network.releaseAnswers();
    await phones.time.pass(2_000);

    await phone.table("books").update(opened, { note: "half way" });
    await phones.time.pass(2_000);

    expect(await phones.stored("books")).toEqual({ [clientId]: { position: 7, note: "half way" } });
    expect(await phone.device.sync.issues()).toEqual([]);
  });
});

describe("I10: an edit that wins the whole row brings along what its author saw in it, own edits before among it", () => {
  const whenSent = [
    "before theirs",
    "with the next one",
    "behind theirs, and the next one behind it",
    "behind theirs, and had lost when the next one was made on the row as it was shown",
  ] as const;

  it.each(
    [lastWriteWins, hlcWins].flatMap((policy) =>
      whenSent.map((sent) => ({ name: policy.name, policy, sent })),
    ),
  )("$name, the edit before sent $sent", async ({ policy, sent }) => {
    const { time, mine, theirs, clientId, document } = await shareDocument({
      policy,
      fields: { title: text, body: note },
    });
    const online = (isOnline: boolean) => {
      mine.device.setOnline(isOnline);
      return time.pass(10_000);
    };
    if (sent !== "before theirs") mine.device.setOnline(false);
    await mine.table("documents").update(clientId, { title: "mine, at 10" });
    await time.pass(2_000);
    const opened = await mine.shown("documents", clientId);
    await online(false);
    await time.pass(hour);
    await theirs.device.sync.syncNow();
    await theirs.table("documents").update(clientId, { title: "theirs, at 11" });
    await time.pass(hour);
    if (sent.startsWith("behind theirs, and had lost")) {
      await online(true);
      expect(await mine.shown("documents", clientId)).toMatchObject({ title: "theirs, at 11" });
    } else if (sent.startsWith("behind")) await mine.restart();
    await mine.table("documents").update(opened, { body: "mine, at 12" });
    await online(true);

    expect(await document()).toEqual({ title: "mine, at 10", body: "mine, at 12" });
    expect(await mine.shown("documents", clientId)).toMatchObject({
      title: "mine, at 10",
      body: "mine, at 12",
    });
  });

  it.each([serverWins, manual])("$name does not let it win: theirs stays", async (policy) => {
    const { time, mine, theirs, clientId, document } = await shareDocument({
      policy,
      fields: { title: text, body: note },
    });
    mine.device.setOnline(false);
    await mine.table("documents").update(clientId, { title: "mine" });
    await theirs.table("documents").update(clientId, { title: "theirs" });
    await time.pass(2_000);
    await mine.restart();
    await mine.table("documents").update(clientId, { body: "mine" });
    mine.device.setOnline(true);
    await time.pass(60_000);

    expect(await document()).toEqual({ title: "theirs", body: "first" });
  });
});

describe("a form that was opened on a row which the server had not answered yet", () => {
  it.each<[Policy, string]>([
    [manual, "conflict"],
    [serverWins, "superseded"],
  ])("$name · does not overwrite what somebody has written since", async (policy, end) => {
    const phones = createPhones({ documents: { policy, fields: { title: text, body: note } } });
    const [mine, theirs] = [await phones.phone(), await phones.phone()];
    mine.network.holdAnswers();
    const { clientId } = await mine.table("documents").create({ title: "first" });
    await settle();
    const opened = await mine.shown("documents", clientId);
    mine.network.releaseAnswers();
    await phones.time.pass(2_000);
    await theirs.table("documents").update(clientId, { title: "theirs" });
    await phones.time.pass(2_000);

    await mine.table("documents").update(opened, { title: "mine" });
    await phones.time.pass(2_000);

    expect(await phones.stored("documents")).toEqual({
      [clientId]: { title: "theirs", body: null },
    });
    expect(await mine.device.sync.issues()).toMatchObject([
      { state: end, base: { title: "first" } },
    ]);
  });
});

describe("a form that was opened before somebody wrote, saved behind an edit that was made since", () => {
  const whenSent = ["with the other", "while the other is on its way"] as const;

  it.each(
    (
      [
        [manual, "conflict"],
        [serverWins, "superseded"],
      ] as const
    ).flatMap(([policy, end]) =>
      whenSent.map((sent) => ({ name: policy.name, sent, policy, end })),
    ),
  )("$name, sent $sent · does not overwrite what they wrote", async ({ policy, sent, end }) => {
    const { time, mine, theirs, clientId, document } = await shareDocument({
      policy,
      fields: { title: text, body: note },
    });
    const opened = await mine.shown("documents", clientId);
    await theirs.table("documents").update(clientId, { title: "theirs" });
    await time.pass(2_000);
    if (sent === "with the other") mine.device.setOnline(false);
    else mine.network.holdAnswers();

    await mine.table("documents").update(clientId, { body: "mine" });
    await settle();
    await mine.table("documents").update(opened, { title: "mine" });
    mine.network.releaseAnswers();
    mine.device.setOnline(true);
    await time.pass(10_000);

    expect(await document()).toEqual({ title: "theirs", body: "mine" });
    expect(await mine.device.sync.issues()).toMatchObject([
      { state: end, mine: { title: "mine" }, base: { title: "first" } },
    ]);
  });

  it.each([lastWriteWins, hlcWins, fieldMerge])("$name · keeps my other edit", async (policy) => {
    const { time, mine, theirs, clientId, document } = await shareDocument({
      policy,
      fields: { title: text, body: note },
    });
    const opened = await mine.shown("documents", clientId);
    await theirs.table("documents").update(clientId, { title: "theirs" });
    await time.pass(2_000);
    mine.device.setOnline(false);
    await mine.table("documents").update(clientId, { body: "mine" });
    await time.pass(2_000);
    await mine.table("documents").update(opened, { title: "mine" });
    mine.device.setOnline(true);
    await time.pass(10_000);

    expect(await document()).toEqual({ title: "mine", body: "mine" });
  });
});

describe("a form that was opened before somebody wrote, saved behind an edit that was refused", () => {
  const parent: FieldRules = { kind: "reference", optional: true, references: "documents" };

  it.each([
    [manual, "conflict"],
    [serverWins, "superseded"],
  ] as const)(
    "$name · does not overwrite what they wrote when that edit is put right",
    async (...[policy, end]) => {
      const { time, mine, theirs, clientId, document } = await shareDocument({
        policy,
        fields: { title: text, body: note, parent },
      });
      const opened = await mine.shown("documents", clientId);
      await theirs.table("documents").update(clientId, { title: "theirs" });
      await time.pass(2_000);
      await mine.table("documents").update(clientId, { parent: nowhere });
      await time.pass(2_000);
      const [refused] = await mine.device.sync.issues();
      expect(refused).toMatchObject({ state: "failed", code: "missing-reference" });

      mine.device.setOnline(false);
      await mine.table("documents").update(opened, { title: "mine" });
      await mine.device.sync.edit(refused?.opId ?? "", { parent: null });
      mine.device.setOnline(true);
      await time.pass(10_000);

      expect(await document()).toMatchObject({ title: "theirs", parent: null });
      expect(await mine.device.sync.issues()).toMatchObject([
        { state: end, mine: { title: "mine" } },
      ]);
    },
  );
});
