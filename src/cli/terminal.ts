import { fstatSync, writeSync } from "node:fs";
import { errorCode } from "../output/fileErrors";

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

/** Node's own stream, and its writing, which is ours alone. */
interface Stdout {
  readonly stream: NodeJS.WriteStream;
  write(text: string | Buffer): void;
}

let stdout: Stdout | undefined;

/**
 * Opens Node's own stream, whose loading takes as long as all the rest of a run that has nothing to do. From then on it is for the answers
 * of commands, which programs read: whatever else runs in this process, a config and what it imports, writes to stderr in its place.
 */
export function openStdout(): Stdout {
  if (stdout !== undefined) return stdout;
  const stream = process.stdout;
  const write = stream.write.bind(stream);
  stream.write = process.stderr.write.bind(process.stderr);
  stdout = { stream, write: (text) => void write(text) };
  // A reader that went away (`sync-gen list | head -1`) is no reason to complain.
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
  return stdout;
}

/** Writes an answer, without the stream as long as nobody needed it. */
function writeOut(text: string): void {
  // Windows' console wants its own encoding, which the stream knows.
  if (stdout !== undefined || process.platform === "win32") {
    openStdout().write(text);
    return;
  }
  let rest = Buffer.from(text);
  try {
    while (rest.length > 0) rest = rest.subarray(writeSync(1, rest));
  } catch (error) {
    // A pipe that is full and was made not to wait (EAGAIN), a reader that went away: the stream knows what to do.
    if (errorCode(error) === undefined) throw error;
    openStdout().write(rest);
  }
}

/** The terminal of this process. */
export const processTerminal: Terminal = {
  out: writeOut,
  err: (text) => void process.stderr.write(text),
  get interactive() {
    return process.stdin.isTTY === true && process.stderr.isTTY === true;
  },
  get color() {
    if (process.env["TERM"] === "dumb" || process.env["NO_COLOR"]) return false;
    return isDevice(1) && openStdout().stream.isTTY === true;
  },
};

/** A file or a pipe is no terminal: known without loading the stream. Of Windows' consoles Node does not say. */
function isDevice(descriptor: number): boolean {
  try {
    return process.platform === "win32" || fstatSync(descriptor).isCharacterDevice();
  } catch (error) {
    // Closed by whoever started the program.
    if (errorCode(error) === undefined) throw error;
    return true;
  }
}
