import fc from "fast-check";
import type { Phone } from "./phones";

/** An edit of one of the items. Numbers that choose something are taken modulo of what there is. */
const edit = fc.record({
  kind: fc.constant("edit" as const),
  item: fc.nat(1),
  /** Which of the rows that were looked at it is made on; `null`: the one that is shown now. */
  looked: fc.option(fc.nat(3)),
  /** Names the row as it is shown, and not by its id. */
  byRow: fc.boolean(),
  /** Lands together with an edit of the other item. */
  inBatch: fc.boolean(),
  counted: fc.option(fc.integer({ min: -2, max: 4 })),
  /** One of the phone's own tags: put in, or taken out where it is in. */
  tag: fc.option(fc.nat(2)),
  /** Edits a field that does not combine, too. */
  plain: fc.boolean(),
});

const happening = fc.oneof(
  { weight: 5, arbitrary: edit },
  fc.record({ kind: fc.constant("look" as const), item: fc.nat(1) }),
  fc.record({ kind: fc.constant("online" as const), online: fc.boolean() }),
  fc.record({ kind: fc.constant("loseAnswers" as const), count: fc.nat(3) }),
  fc.record({ kind: fc.constant("loseRequests" as const), count: fc.nat(3) }),
  fc.record({ kind: fc.constant("serverDown" as const), isDown: fc.boolean() }),
  fc.record({ kind: fc.constant("hold" as const), isHeld: fc.boolean() }),
  fc.record({ kind: fc.constant("restart" as const) }),
);

/** What a person does with one of two phones, or what happens to it. */
export const move = fc.record({
  phone: fc.constantFrom(0, 1),
  happens: happening,
  /** Time until the next move, ms; `null`: what was begun is not over by then. */
  pause: fc.option(fc.nat(4_000)),
});

type ValueOf<Arbitrary> = Arbitrary extends fc.Arbitrary<infer Value> ? Value : never;

export type Edit = ValueOf<typeof edit>;

/** What is no doing of the person. */
export type Befalling = Exclude<
  ValueOf<typeof happening>,
  { readonly kind: "edit" } | { readonly kind: "look" }
>;

export async function befall(phone: Phone, happens: Befalling): Promise<void> {
  const { network, device } = phone;
  switch (happens.kind) {
    case "online":
      return device.setOnline(happens.online);
    case "loseAnswers":
      network.lostAnswers = happens.count;
      return;
    case "loseRequests":
      network.lostRequests = happens.count;
      return;
    case "serverDown":
      network.isServerDown = happens.isDown;
      return;
    case "hold":
      return happens.isHeld ? network.holdAnswers() : network.releaseAnswers();
    case "restart":
      return phone.restart();
  }
}

/** From now on nothing goes wrong. */
export function mend({ network, device }: Phone): void {
  Object.assign(network, { lostAnswers: 0, lostRequests: 0, isServerDown: false });
  network.releaseAnswers();
  device.setOnline(true);
}
