/** Waits that double from `minMs` to `maxMs`, each moved at random so that many clients do not come at once. */
export class Backoff {
  #next: number;

  constructor(
    readonly minMs = 1_000,
    readonly maxMs = 30_000,
    private readonly random: () => number = Math.random,
  ) {
    this.#next = minMs;
  }

  /** The next wait in milliseconds. */
  next(): number {
    const wait = this.#next;
    this.#next = Math.min(this.maxMs, wait * 2);
    return wait === this.minMs ? wait * (1 + this.random() * 0.5) : wait * (0.5 + this.random() * 0.5);
  }

  reset(): void {
    this.#next = this.minMs;
  }
}

/** Resolves after a time, or at once when the signal fires. */
export function delay(milliseconds: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve();
    const done = (): void => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal?.addEventListener('abort', done, { once: true });
  });
}
