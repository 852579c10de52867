import type { QueuedMessage, QueueStore, StoredMessage } from './store.js';

const messages = 'messages';
const values = 'values';

/** Keeps the queue in the browser's IndexedDB: it survives reloads, and all tabs of an origin share it. */
export class IndexedDbStore implements QueueStore {
  readonly #database: Promise<IDBDatabase>;

  /** @param name One name, one queue. */
  constructor(name = 'waqtor-messages') {
    this.#database = open(name);
    // Who first uses it learns of the failure.
    this.#database.catch(() => undefined);
  }

  async load(): Promise<QueuedMessage[]> {
    const store = (await this.#database).transaction(messages).objectStore(messages);
    const [ordinals, stored] = await Promise.all([settled(store.getAllKeys()), settled(store.getAll() as IDBRequest<StoredMessage[]>)]);
    return stored.map((message, i) => ({ ordinal: ordinals[i] as number, message }));
  }

  async add(message: StoredMessage): Promise<number> {
    return (await this.#write(messages, (store) => store.add(message))) as number;
  }

  async update(ordinal: number, message: StoredMessage): Promise<void> {
    // Another tab may have removed it meanwhile: then there is nothing to write.
    await this.#write(messages, (store) => {
      const found = store.getKey(ordinal);
      found.onsuccess = () => found.result !== undefined && store.put(message, ordinal);
      return found;
    });
  }

  async remove(ordinal: number): Promise<void> {
    await this.#write(messages, (store) => store.delete(ordinal));
  }

  async getValue(key: string): Promise<string | undefined> {
    return settled((await this.#database).transaction(values).objectStore(values).get(key) as IDBRequest<string | undefined>);
  }

  async setValue(key: string, value: string): Promise<void> {
    await this.#write(values, (store) => store.put(value, key));
  }

  async close(): Promise<void> {
    (await this.#database).close();
  }

  async #write<T>(name: string, work: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
    const transaction = (await this.#database).transaction(name, 'readwrite', { durability: 'strict' });
    const request = work(transaction.objectStore(name));
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve();
      transaction.onabort = () => reject(transaction.error ?? new Error('The browser did not store it.'));
    });
    return request.result;
  }
}

function open(name: string): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(messages, { autoIncrement: true });
    request.result.createObjectStore(values);
  };
  return settled(request);
}

function settled<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The browser refused.'));
  });
}
