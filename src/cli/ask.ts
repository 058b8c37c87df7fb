import type { Ask } from "./command";

/** Questions on this process's terminal; the prompts are loaded when the first one is asked. */
export const terminalAsk: Ask = {
  async text({ message, initial, check }) {
    const { isCancel, text } = await import("@clack/prompts");
    const answer = await text({
      message,
      output: process.stderr,
      ...(initial === undefined ? {} : { initialValue: initial }),
      ...(check === undefined
        ? {}
        : { validate: (value: string | undefined) => check(value ?? "") }),
    });
    return isCancel(answer) ? null : answer;
  },
  async choose({ message, options, initial }) {
    const { isCancel, select } = await import("@clack/prompts");
    const answer = await select<string>({
      message,
      output: process.stderr,
      options: options.map(({ value, label, hint }) => ({
        value,
        label,
        ...(hint === undefined ? {} : { hint }),
      })),
      ...(initial === undefined ? {} : { initialValue: initial }),
    });
    if (isCancel(answer)) return null;
    return options.find(({ value }) => value === answer)?.value ?? null;
  },
  async confirm({ message, initial = true }) {
    const { confirm, isCancel } = await import("@clack/prompts");
    const answer = await confirm({ message, initialValue: initial, output: process.stderr });
    return isCancel(answer) ? null : answer;
  },
};
