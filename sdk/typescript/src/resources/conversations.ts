import type { Http } from '../http.js';
import { pagesOf } from './pages.js';
import type { Batch, Conversation, Message, Page } from '../types.js';

export interface ConversationQuery {
  instance?: string | undefined;
  phone?: string | undefined;
  search?: string | undefined;
  unread?: boolean | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

export interface ListQuery {
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Conversations: read, take over, hand back. */
export class Conversations {
  constructor(private readonly http: Http) {}

  list(query: ConversationQuery = {}): Promise<Page<Conversation>> {
    return this.http.request('GET', '/api/conversations', { query: { ...query } });
  }

  all(query: Omit<ConversationQuery, 'cursor'> = {}): AsyncGenerator<Conversation> {
    return pagesOf((cursor) => this.list({ ...query, ...cursor }));
  }

  get(id: string): Promise<Conversation> {
    return this.http.request('GET', this.#path(id));
  }

  /** Newest first; `order: 'asc'` for oldest first. */
  messages(id: string, query: ListQuery & { order?: 'asc' | 'desc' | undefined } = {}): Promise<Page<Message>> {
    return this.http.request('GET', `${this.#path(id)}/messages`, { query: { ...query } });
  }

  allMessages(id: string, query: { limit?: number | undefined; order?: 'asc' | 'desc' | undefined } = {}): AsyncGenerator<Message> {
    return pagesOf((cursor) => this.messages(id, { ...query, ...cursor }));
  }

  batches(id: string, query: ListQuery = {}): Promise<Page<Batch>> {
    return this.http.request('GET', `${this.#path(id)}/batches`, { query: { ...query } });
  }

  /** A person takes over: until a time, or until `resume`. */
  async pause(id: string, until?: Date): Promise<void> {
    await this.http.request('POST', `${this.#path(id)}/pause`, { json: until ? { until: until.toISOString() } : {} });
  }

  async resume(id: string): Promise<void> {
    await this.http.request('POST', `${this.#path(id)}/resume`);
  }

  /** Ends the open buffer now. */
  async flush(id: string): Promise<void> {
    await this.http.request('POST', `${this.#path(id)}/flush`);
  }

  async markRead(id: string): Promise<void> {
    await this.http.request('POST', `${this.#path(id)}/read`);
  }

  #path(id: string): string {
    return `/api/conversations/${encodeURIComponent(id)}`;
  }
}
