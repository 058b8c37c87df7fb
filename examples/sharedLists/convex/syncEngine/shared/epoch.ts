// Written by sync-gen from sync.config.ts (npx sync-gen generate).
// Yours to edit: npx sync-gen generate --keep-edits merges your edits into what is emitted later.

/**
 * An epoch says which history of which deployment stamps and batches belong to: `<deployment>.<history>`. A deployment
 * that was never written to has no identity yet, and an epoch without the first part.
 */

/** The identity of the deployment; `null` for one that has none yet. */
export function deploymentOf(epoch: string): string | null {
  const end = epoch.indexOf(".");
  return end < 0 ? null : epoch.slice(0, end);
}

/** The epoch of a deployment that gets the identity `deployment` in the history of `epoch`. */
export function epochWith(deployment: string, epoch: string): string {
  return `${deployment}.${epoch}`;
}

/** True when `told` is the history of `known`, of a deployment that has got its identity since. */
export function isNamed(known: string, told: string): boolean {
  const deployment = deploymentOf(told);
  return deployment !== null && told === epochWith(deployment, known);
}

/**
 * True when who knows `known` meets another deployment in `told`. One that had no identity may have got one since, and
 * held nothing before; one that has an identity keeps it.
 */
export function isOtherDeployment(known: string, told: string): boolean {
  const deployment = deploymentOf(known);
  return deployment !== null && deployment !== deploymentOf(told);
}
