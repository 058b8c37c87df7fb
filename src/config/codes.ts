interface Code {
  /** What is wrong in general, as a headline. */
  readonly title: string;
  readonly severity: "error" | "warning";
  /** Why it matters and what to do, for the documentation. */
  readonly explanation: string;
}

function error(title: string, explanation: string): Code {
  return { title, severity: "error", explanation };
}

function warning(title: string, explanation: string): Code {
  return { title, severity: "warning", explanation };
}

/** Every code that reading and checking a config can report. Codes are stable: a number is never used again for something else. */
export const codes = {
  SG101: error(
    "There is no config",
    "sync-gen looks for sync.config.ts, .mts, .cts, .js, .mjs and .cjs in the project's root. `sync-gen init` writes one; `--config` names another.",
  ),
  SG102: error(
    "The config does not compile",
    "The file, or one that it imports, has a syntax error, or imports something that cannot be found.",
  ),
  SG103: error(
    "The config holds merge-conflict markers",
    "Git left both sides of a conflict in the file. Choose, remove the markers, and run again.",
  ),
  SG104: error("The config throws", "The config is a program; it ended with an error of its own."),
  SG105: error(
    "The config has no default export",
    "sync-gen reads the default export of the file: `export default defineSync({ … })`, or `module.exports = defineSync({ … })` in CommonJS.",
  ),
  SG106: error(
    "The config's default export is not made by defineSync",
    "Wrap the object: `export default defineSync({ … })`. A function or a promise is not called or awaited.",
  ),
  SG107: warning(
    "The type of a json field cannot be read",
    "The emitted types say `unknown` for it. The type argument of `json<T>()` is read from the text of the config: it has to stand there, and name only types that are declared or imported in the same file.",
  ),
  SG108: error(
    "The config ends the process",
    "It, or something that it imports, calls `process.exit`, which would end the command without a word, and with success. Throw an error instead.",
  ),
  SG109: error(
    "The config never finishes loading",
    "A top-level await, in it or in what it imports, waits for what never happens.",
  ),
  SG110: error("A required option is missing", "Add the option."),
  SG111: error("There is no such option", "Remove it, or correct its name."),
  SG112: error("A value has the wrong type", "Use a value of the type that is named."),
  SG113: error("A value is not one of those allowed", "Use one of the values that are listed."),
  SG114: error(
    "A table or field is not made by its function",
    'Tables come from `table({ … })`, fields from `text()`, `integer()`, `real()`, `boolean()`, `timestamp()`, `json()`, `choice([…])` and `reference("…")`.',
  ),
  SG115: error(
    "A modifier does not fit the field",
    "`counter()` is for integer and real, `set()` for json arrays, `oneWay()` for choices; json has no index.",
  ),
  SG116: error("Modifiers contradict each other", "Keep one of them."),
  SG117: error("A number is out of range", "Use a number within the range that is named."),
  SG118: error(
    "A rate limit would never let a full batch through",
    "A device sends up to 100 changes in one call; the capacity of `server.rateLimit` has to be at least that.",
  ),
  SG201: error(
    "There is no table",
    "A config needs at least one table. `sync-gen add-table tasks --field title:text` adds one.",
  ),
  SG202: error("A table has no fields", "Add a field: without one there is nothing to sync."),
  SG203: error("A reference points to an unknown table", "Correct the name, or add the table."),
  SG204: error(
    "Required references form a circle",
    "No row of these tables could be the first one. Make one of the references optional.",
  ),
  SG205: error(
    "A name is not an identifier",
    "Names of tables and fields become TypeScript, SQL and Convex names: a letter, then letters, digits and `_`, all of them ASCII; tables and scopes start with a small letter.",
  ),
  SG206: error("A name starts with _ or $", "Convex keeps these names for itself."),
  SG207: error(
    "A name is reserved",
    "JavaScript, TypeScript, SQLite or Convex use the word themselves; emitted code with it would not compile or run.",
  ),
  SG208: error(
    "A name is too long",
    "Convex takes at most 64 characters, also for the functions that are named after the table.",
  ),
  SG209: error(
    "Two tables lead to the same name",
    "Files, types and functions are named after tables. Ignoring case, because macOS and Windows do, each may come from one table only. Rename a table, or set its `entity`.",
  ),
  SG210: error(
    "Two fields differ only by case",
    "Column names are the same to SQLite when only their case differs.",
  ),
  SG211: error(
    "A field has the name of a sync column",
    "Every synced table has these columns already, and one with a `scope` also `scopeId`; use another name.",
  ),
  SG212: error(
    "A table has the name of something that is emitted",
    "Its name, or a name made from it, belongs to the emitted engine. Rename the table, or set its `entity`.",
  ),
  SG213: error(
    "A default is of the wrong type, or of a reference",
    "The default must be a value of the field; a reference has none, because the rows of every user have ids of their own.",
  ),
  SG214: error("A default is not one of the choices", "Use one of the choices, or add it to them."),
  SG215: error("A choice has no values", "List at least one."),
  SG216: error("A value is listed twice", "Remove one of the two."),
  SG217: error(
    "An option contradicts the policy",
    "`by` is for max-wins, `deletes` for mobile-wins, `merge` for custom; append-only knows no operation but create.",
  ),
  SG218: error(
    "The policy needs an option",
    "max-wins needs `by`, the field that is compared; custom needs `merge`, the function that decides.",
  ),
  SG219: error(
    "There is no such field",
    "`by`, `uniqueBy` and `indexes` name fields of the same table.",
  ),
  SG220: error("The field cannot be used there", "The message says why, and which fields can."),
  SG221: warning(
    "No device can create rows",
    'Rows come from the server alone, which is common where a table has a `scope` and is not reported there. Add "create" to `operations` if devices should make them too.',
  ),
  SG222: error(
    "The operations are not a set",
    "List each operation once, and at least one; leave `operations` out for all.",
  ),
  SG223: error(
    "A former name is in use",
    "`renamedFrom` names what does not exist any more: not a table or field that is still there, and not twice the same. Two that swap names do so [one step a version](upgrading.md#renaming).",
  ),
  SG224: error("Two indexes are the same", "Remove one, or give it another name."),
  SG225: error(
    "A field that stays on one side needs a value on the other",
    "A row that is made on the other side has no value for it: make it optional, or give it a default.",
  ),
  SG226: error(
    "The default does not suit the merge of the field",
    "A set starts as a list; the order of `oneWay` lists every choice once.",
  ),
  SG227: warning(
    "A field's name is a reserved word of SQL",
    "Emitted code quotes it. SQL that you write by hand has to quote it too.",
  ),
  SG228: error(
    "There are more indexes, or fields in one, than Convex takes",
    "Convex refuses to deploy a table with more than 32 indexes, or an index with more than 16 fields. Every synced table has three indexes of the sync's own.",
  ),
  SG229: error(
    "There are more fields than Convex takes",
    "Convex takes at most 1,024 fields a document; some of them are the sync's own.",
  ),
  SG230: error(
    "A path leaves the project",
    "Paths are relative to the project's root and stay inside it, so that nothing else is ever written.",
  ),
  SG231: error("A path leads into node_modules", "What is there is replaced by the next install."),
  SG232: error(
    "The two output folders overlap",
    "Different tools bundle the two sides: Convex takes everything below its folder for functions, so device code may not lie there, nor functions in a folder of device code (`db`, `sync`, `hooks`, `providers`, `components`).",
  ),
  SG233: error(
    "A path holds a character that it cannot hold",
    "Use `/` between folders. Convex takes letters, digits, `_` and `.` in paths below its functions folder.",
  ),
  SG234: error(
    "A module path is malformed",
    "A package (`@acme/backend/convex/_generated/api`), or a path from the project's root that starts with `./`.",
  ),
  SG235: error(
    "The file of the merge function does not exist",
    "`merge` names a module of your own by its path from the project's root; both sides import it.",
  ),
  SG236: error(
    "A reference leads out of its scope",
    "Whoever reads a row has to be able to read what it refers to: a table with a `scope` refers to tables of the same scope, and one without to tables without.",
  ),
  SG237: error(
    "Two scopes differ only by case",
    "Tables share members only where they name the very same scope. Write both the same.",
  ),
} as const satisfies Record<`SG${1 | 2}${number}`, Code>;

/** A code that is registered here. */
export type ConfigCode = keyof typeof codes;
