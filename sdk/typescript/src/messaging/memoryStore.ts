import type { QueuedMessage, QueueStore, StoredMessage } from './store.js';

/** Keeps the queue for the life of the program only. */
export class MemoryStore implements QueueStore {
  readonly #messages = new Map<number, StoredMessage>();
  readonly #values = new Map<string, string>();
  #last = 0;

  async load(): Promise<QueuedMessage[]> {
    return [...this.#messages].map(([ordinal, message]) => ({ ordinal, message: { ...message } }));
  }

  async add(message: StoredMessage): Promise<number> {
    this.#messages.set(++this.#last, { ...message });
    return this.#last;
  }

  async update(ordinal: number, message: StoredMessage): Promise<void> {
    if (this.#messages.has(ordinal)) this.#messages.set(ordinal, { ...message });
  }

  async remove(ordinal: number): Promise<void> {
    this.#messages.delete(ordinal);
  }

  async getValue(key: string): Promise<string | undefined> {
    return this.#values.get(key);
  }

  async setValue(key: string, value: string): Promise<void> {
    this.#values.set(key, value);
  }

  async close(): Promise<void> {}
}
