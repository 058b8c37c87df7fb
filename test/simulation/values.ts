import type { Chance } from "./chance";
import type { TableName } from "./project";
import type { World } from "./world";

/** Values of a write, by field. */
export type Values = Record<string, unknown>;

/** What a write is about to store: a value that no other write stores, where the table allows it. */
export function valuesFor(
  world: World,
  table: TableName,
  kind: "create" | "update",
  chance: Chance,
  tag: string,
  ids: (table: string) => string[],
): Values {
  const some = (values: Values, required: readonly string[]): Values =>
    kind === "create"
      ? values
      : Object.fromEntries(
          Object.entries(values).filter(
            (_, index, all) =>
              chance.happens(0.5) || (index === all.length - 1 && required.length === 0),
          ),
        );
  const text = chance.happens(0.012) && !world.isOff("F22 poison op") ? `poison ${tag}` : tag;
  let values: Values;
  switch (table) {
    case "projects":
      return { name: text };
    case "tasks": {
      const projects = ids("projects");
      values = some(
        {
          text,
          estimate: chance.below(1e9),
          priority: chance.pick(["low", "normal", "high"]),
          distance: chance.next(),
        },
        [],
      );
      if (projects.length > 0 && chance.happens(0.4)) values["project"] = chance.pick(projects);
      return values;
    }
    case "notes":
      if (world.strikes("F23 oversize", 0.05, chance))
        return { title: tag, body: `${tag} ${"x".repeat(300_000)}` };
      return kind === "create"
        ? { title: text, body: tag }
        : chance.pick([{ title: text }, { body: tag }]);
    case "places":
      return some({ label: text, latitude: chance.next(), longitude: chance.next() }, []);
    case "contacts":
    case "patients":
      return some(
        { name: text, phone: tag, stage: chance.pick(["lead", "customer", "former"]), tags: [tag] },
        [],
      );
    case "readings":
      return { meter: text, value: chance.next(), takenAt: chance.below(1e9) };
    case "scores":
      return {
        ...(kind === "create" ? { level: chance.pick(["one", "two", "three"]) } : {}),
        points: chance.below(1e9),
      };
    case "drafts":
      return { text };
    case "settings":
    case "terms":
      return {
        ...(kind === "create" ? { name: chance.pick(["one", "two"]) } : {}),
        value: chance.happens(0.02) ? "explode" : `${tag}${"-".repeat(chance.below(6))}`,
      };
    case "boards":
      return { name: text };
    case "cards": {
      const boards = ids("boards");
      values = some({ text, remark: tag }, []);
      if (boards.length > 0 && chance.happens(0.5)) values["board"] = chance.pick(boards);
      return values;
    }
    case "ratings":
      return {
        ...(kind === "create" ? { level: chance.pick(["one", "two"]) } : {}),
        points: chance.below(1e9),
      };
    case "pacts":
      return { text };
    case "guests":
      return some({ name: text, phone: tag }, []);
    case "duties":
      return some({ label: text, remark: tag }, []);
    case "parcels":
      return some({ label: text, tags: [tag] }, []);
  }
}
