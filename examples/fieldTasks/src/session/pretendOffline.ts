/** A switch that cuts this device off, for demonstrations; `null` where airplane mode does it better. */
export function usePretendOffline(): {
  readonly isOffline: boolean;
  readonly setIsOffline: (isOffline: boolean) => void;
} | null {
  return null;
}
