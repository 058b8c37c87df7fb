/** The shells that `sync-gen completion` knows. */
export const completionShells = ["bash", "zsh", "fish"] as const;
type CompletionShell = (typeof completionShells)[number];

// The shell asks the program itself (`--get-yargs-completions`), so that the script never goes stale.
const scripts = {
  bash: `_sync_gen() {
  local words
  mapfile -t words < <(sync-gen --get-yargs-completions "\${COMP_WORDS[@]}" 2>/dev/null)
  mapfile -t COMPREPLY < <(compgen -W "\${words[*]}" -- "\${COMP_WORDS[COMP_CWORD]}")
}
complete -o default -F _sync_gen sync-gen`,
  zsh: `#compdef sync-gen
_sync_gen() {
  local -a words_found
  words_found=("\${(@f)$(sync-gen --get-yargs-completions "\${words[@]}" 2>/dev/null)}")
  compadd -- $words_found || _files
}
compdef _sync_gen sync-gen`,
  fish: `complete -c sync-gen -f -a '(sync-gen --get-yargs-completions (commandline -opc) (commandline -ct) 2>/dev/null)'`,
} satisfies Record<CompletionShell, string>;

/** The script for a shell, or `null` for a shell that is not known. */
export function completionScript(shell: string): string | null {
  const known = completionShells.find((name) => name === shell);
  return known === undefined ? null : scripts[known];
}
