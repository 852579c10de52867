import type { Http } from '../http.js';
import { pagesOf } from './pages.js';
import type { Message, MessageDirection, MessageStatus, Page, SendAccepted } from '../types.js';

/** Whom a text is for: an address of an instance, or a conversation. */
export type SendTextTarget = { instance: string; chatId: string } | { conversationId: string };

export type SendText = SendTextTarget & {
  text: string;
  quotedMessageId?: string | undefined;
  /** Whom it mentions: phone numbers or addresses of people, at most 100. The text must have `@` and the same digits. */
  mentionedIds?: readonly string[] | undefined;
  /** The same key sends once, also over a restart of this program. */
  idempotencyKey?: string | undefined;
};

export interface MessageQuery {
  instance?: string | undefined;
  conversationId?: string | undefined;
  direction?: MessageDirection | undefined;
  status?: MessageStatus | undefined;
  search?: string | undefined;
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Messages, in and out. */
export class Messages {
  constructor(private readonly http: Http) {}

  /** Sends a text; durable at the server when it resolves. */
  sendText(message: SendText): Promise<SendAccepted> {
    const { idempotencyKey, quotedMessageId, mentionedIds, ...rest } = message;
    return this.http.request('POST', '/api/messages/send-text', {
      json: quotedMessageId === undefined && mentionedIds === undefined ? rest : { ...rest, options: { quotedMessageId, mentionedIds } },
      idempotencyKey,
    });
  }

  get(id: string): Promise<Message> {
    return this.http.request('GET', `/api/messages/${encodeURIComponent(id)}`);
  }

  /**
   * The file of a message, where this server keeps it. It comes as `application/octet-stream`: what it is,
   * `content.media.mimeType` of the message says.
   * @throws NotFoundError where there is none
   */
  media(id: string, options: { timeoutMs?: number | undefined; signal?: AbortSignal | undefined } = {}): Promise<Blob> {
    return this.http.file(`/api/messages/${encodeURIComponent(id)}/media`, { timeoutMs: options.timeoutMs, signal: options.signal });
  }

  list(query: MessageQuery = {}): Promise<Page<Message>> {
    return this.http.request('GET', '/api/messages', { query: { ...query } });
  }

  /** Every message of a query, page by page. */
  all(query: Omit<MessageQuery, 'cursor'> = {}): AsyncGenerator<Message> {
    return pagesOf((cursor) => this.list({ ...query, ...cursor }));
  }
}
