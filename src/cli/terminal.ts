/** Where a command's words go. The only file that holds the real streams is `processTerminal`. */
export interface Terminal {
  /** The answer. */
  out(text: string): void;
  /** Everything else: progress, errors, warnings. */
  err(text: string): void;
  /** A person sits at both ends: questions may be asked, progress is shown. */
  readonly interactive: boolean;
  /** The terminal shows colours, and nobody said that it should not. */
  readonly color: boolean;
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  get interactive() {
    return process.stdin.isTTY === true && process.stderr.isTTY === true;
  },
  get color() {
    return (
      process.stdout.isTTY === true && process.env["TERM"] !== "dumb" && !process.env["NO_COLOR"]
    );
  },
};
