import type { Http } from '../http.js';
import type { Instance, Page } from '../types.js';

/** Instances: the connections to WhatsApp. */
export class Instances {
  constructor(private readonly http: Http) {}

  list(query: { cursor?: string | undefined; limit?: number | undefined } = {}): Promise<Page<Instance>> {
    return this.http.request('GET', '/api/instances', { query: { ...query } });
  }

  get(name: string): Promise<Instance> {
    return this.http.request('GET', `/api/instances/${encodeURIComponent(name)}`);
  }

  create(instance: { name: string; provider: string } & Record<string, unknown>): Promise<Instance> {
    return this.http.request('POST', '/api/instances', { json: instance });
  }

  /** Absent members stay as they are. */
  update(name: string, changes: Record<string, unknown>): Promise<Instance> {
    return this.http.request('PATCH', `/api/instances/${encodeURIComponent(name)}`, { json: changes });
  }

  async delete(name: string): Promise<void> {
    await this.http.request('DELETE', `/api/instances/${encodeURIComponent(name)}`);
  }
}
