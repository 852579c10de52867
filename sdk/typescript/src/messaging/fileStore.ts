import { mkdir, open, readFile, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { QueuedMessage, QueueStore, StoredMessage } from './store.js';

type Head = Omit<StoredMessage, 'content'>;

/**
 * Keeps the queue in a folder, for Node: a file per message, written beside its place, synced and renamed. One process
 * per folder.
 */
export class FileStore implements QueueStore {
  readonly #folder: string;
  #last: Promise<number> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async load(): Promise<QueuedMessage[]> {
    const queue: QueuedMessage[] = [];
    for (const ordinal of await this.#ordinals()) {
      const file = await readFile(this.#path(ordinal));
      const headLength = file.readUInt32BE(0);
      const head = JSON.parse(file.subarray(4, 4 + headLength).toString('utf8')) as Head;
      queue.push({ ordinal, message: { ...head, content: new Uint8Array(file.subarray(4 + headLength)) } });
    }
    return queue;
  }

  async add(message: StoredMessage): Promise<number> {
    const next = (this.#last = this.#next());
    const ordinal = await next.catch((error: unknown) => {
      // Kept, it would refuse every message after this one.
      if (this.#last === next) this.#last = undefined;
      throw error;
    });
    await this.update(ordinal, message);
    return ordinal;
  }

  async update(ordinal: number, message: StoredMessage): Promise<void> {
    const { content, ...rest } = message;
    const head = Buffer.from(JSON.stringify(rest), 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(head.length);
    await this.#write(this.#path(ordinal), [length, head, content]);
  }

  async remove(ordinal: number): Promise<void> {
    await rm(this.#path(ordinal), { force: true });
  }

  async getValue(key: string): Promise<string | undefined> {
    return (await this.#values())[key];
  }

  async setValue(key: string, value: string): Promise<void> {
    await this.#write(join(this.#folder, 'values.json'), [Buffer.from(JSON.stringify({ ...(await this.#values()), [key]: value }))]);
  }

  async close(): Promise<void> {}

  async #values(): Promise<Record<string, string>> {
    try {
      return JSON.parse(await readFile(join(this.#folder, 'values.json'), 'utf8')) as Record<string, string>;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
      throw error;
    }
  }

  async #next(): Promise<number> {
    return this.#last ? (await this.#last) + 1 : ((await this.#ordinals()).at(-1) ?? 0) + 1;
  }

  async #ordinals(): Promise<number[]> {
    await mkdir(this.#folder, { recursive: true });
    return (await readdir(this.#folder))
      .flatMap((name) => (/^\d{12}\.message$/.test(name) ? [Number(name.slice(0, 12))] : []))
      .sort((a, b) => a - b);
  }

  #path(ordinal: number): string {
    return join(this.#folder, `${String(ordinal).padStart(12, '0')}.message`);
  }

  async #write(path: string, parts: Uint8Array[]): Promise<void> {
    await mkdir(this.#folder, { recursive: true });
    const beside = `${path}.new`;
    const file = await open(beside, 'w');
    try {
      for (const part of parts) await file.writeFile(part);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
    const folder = await open(this.#folder, 'r');
    try {
      await folder.sync();
    } finally {
      await folder.close();
    }
  }
}
