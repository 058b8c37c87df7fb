// Runs `sync-gen init` in a real terminal, as util-linux's `script` makes one, and answers its questions.
import { spawn } from "node:child_process";

/**
 * Types each answer once its question is on the screen, and resolves with the exit code and what was shown. A question that does
 * not come within half a minute ends the program.
 */
export async function answerPrompts(command, cwd, answers) {
  // A terminal that nobody opened has no size, and the prompts would break every line.
  const sized = `stty cols 100 rows 40; ${command}`;
  const child = spawn("script", ["--quiet", "--return", "--command", sized, "/dev/null"], {
    cwd,
    env: { ...process.env, NO_COLOR: "1", TERM: "xterm" },
  });
  let screen = "";
  let waiting = [...answers];
  const giveUp = setTimeout(() => child.kill(), 30_000);
  child.stdout.on("data", (data) => {
    screen += data.toString();
    const [next] = waiting;
    if (next === undefined || !screen.includes(next.question)) return;
    waiting = waiting.slice(1);
    giveUp.refresh();
    child.stdin.write(next.keys);
  });
  const code = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", resolve);
  });
  clearTimeout(giveUp);
  return { code, screen, unasked: waiting.map(({ question }) => question) };
}

/** Enter: takes what is offered. */
export const enter = "\r";
/** The arrow key that moves to the next choice. */
export const down = "\u001b[B";
