import { allCommands } from "../../src/cli/commands/allCommands";
import { type Command, type OptionSpec } from "../../src/cli/command";
import { commonOptions, kebabCase, optionsOf } from "../../src/cli/globalOptions";
import { codes } from "../../src/config/codes";
import { projectCodes } from "../../src/kernel/codes";
import { policyRegistry } from "../../src/policies/policyRegistry";
import { maxServerBytes } from "../../templates/server/convex/syncEngine/writerValues";
import { limits } from "../../templates/shared/protocol";
import { describeCosts, describeSharedCosts, type Costs } from "./costs";

/** The parts of the documentation that are made from the code, by name: what stands between `<!-- made: name -->` and `<!-- /made -->`. */
export function madeTexts(costs: Costs): Readonly<Record<string, string>> {
  return {
    commands: commandsText(),
    costs: describeCosts(costs.own),
    sharedCosts: describeSharedCosts(costs.shared),
    errors: errorsText(),
    projectErrors: projectErrorsText(),
    limits: limitsText(),
    policies: policiesText(),
  };
}

/** A page with its made parts replaced; `undefined` for a part that nobody makes. */
export function remake(page: string, made: Readonly<Record<string, string>>): string {
  return page.replace(
    /<!-- made: (\w+) -->\n[^]*?<!-- \/made -->/g,
    (_whole, name: string) =>
      `<!-- made: ${name} -->\n${made[name] ?? "nobody makes this"}\n<!-- /made -->`,
  );
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

function cell(text: string): string {
  return text.replaceAll("|", "\\|").replaceAll("\n", " ");
}

function policiesText(): string {
  return Object.entries(policyRegistry)
    .map(([name, { meta }]) =>
      [
        `## \`${name}\``,
        "",
        meta.summary,
        "",
        `- **Wins:** ${meta.wins}`,
        `- **Loses:** ${meta.loses}`,
        `- **Needs:** ${meta.needs}`,
        `- **Choose it:** ${meta.choose}`,
        `- **Laws:** ${meta.laws.length === 0 ? "none; test your function for those that you rely on" : meta.laws.join(", ")}`,
      ].join("\n"),
    )
    .join("\n\n");
}

function errorsText(): string {
  const rooms = [
    ["SG1", "## Reading the config (SG1xx)"],
    ["SG2", "## What the config means (SG2xx)"],
  ] as const;
  return rooms
    .map(([prefix, title]) => {
      const rows = Object.entries(codes)
        .filter(([code]) => code.startsWith(prefix))
        .map(([code, { title: what, severity, explanation }]) => [
          code,
          severity === "warning" ? `Warning: ${what}.` : `${what}.`,
          explanation,
        ]);
      return `${title}\n\n${table(["code", "what is wrong", "why, and what to do"], rows)}`;
    })
    .join("\n\n");
}

function projectErrorsText(): string {
  const rooms = [
    ["SG3", "## Migrations (SG3xx)"],
    ["SG4", "## Writing files (SG4xx)"],
    ["SG5", "## Wiring and doctor (SG5xx)"],
    ["SG9", "## The command line (SG9xx)"],
  ] as const;
  return rooms
    .map(([prefix, title]) => {
      const rows = Object.entries(projectCodes)
        .filter(([code]) => code.startsWith(prefix))
        .map(([code, { title: what, remedy }]) => [code, `${what}.`, remedy]);
      return `${title}\n\n${table(["code", "what is wrong", "what to do"], rows)}`;
    })
    .join("\n\n");
}

function commandsText(): string {
  return [
    ...allCommands.map(commandText),
    `## For every command\n\n${optionsTable(commonOptions)}`,
  ].join("\n\n");
}

function commandText(command: Command): string {
  const { name, aliases, summary, positionals, examples } = command;
  const options = optionsOf(command);
  const places = Object.entries(positionals);
  const usage = places.map(([place, { required }]) => (required ? ` <${place}>` : ` [${place}]`));
  const arguments_ = places.map(([place, { description }]) => `- \`${place}\`: ${description}`);
  const also =
    aliases.length === 0 ? "" : ` Also: ${aliases.map((one) => `\`${one}\``).join(", ")}.`;
  return [
    `## \`sync-gen ${name}${usage.join("")}\``,
    `${summary}${also}`,
    ...(arguments_.length === 0 ? [] : [arguments_.join("\n")]),
    ...(Object.keys(options).length === 0 ? [] : [optionsTable(options)]),
    ["```text", ...examples.map((one) => `sync-gen ${one.command}   # ${one.purpose}`), "```"].join(
      "\n",
    ),
  ].join("\n\n");
}

function optionsTable(options: Readonly<Record<string, OptionSpec>>): string {
  const rows = Object.entries(options).map(([name, { kind, description, choices }]) => [
    `\`--${kebabCase(name)}${kind === "flag" ? "" : " …"}\``,
    `${description}${kind === "list" ? "; may be given several times" : ""}${choices ? `: ${choices.join(", ")}` : ""}`,
  ]);
  return table(["flag", ""], rows);
}

function limitsText(): string {
  const size = (bytes: number) =>
    bytes >= 1024 * 1024 ? `${bytes / 1024 / 1024} MiB` : `${bytes / 1024} KiB`;
  return table(
    ["", "at most"],
    [
      ["edits in one push", `${limits.batchOps}`],
      ["bytes of one push, as JSON", size(limits.batchBytes)],
      ["bytes of one edit, as JSON; it then travels alone", size(limits.opBytes)],
      ["bytes of one row, as JSON and as Convex stores it", size(limits.rowBytes)],
      ["bytes of a row's server-only fields, as Convex stores them", size(maxServerBytes)],
      ["rows in one page", `${limits.pageRows}`],
      ["bytes of one page, as Convex measures documents", size(limits.pageBytes)],
      ["scopes of one user", `${limits.scopes}`],
    ],
  );
}
