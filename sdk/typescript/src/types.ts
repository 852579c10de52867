/** A page of a list; `nextCursor` null is the end. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

export type MessageStatus = 'received' | 'pending' | 'sent' | 'delivered' | 'read' | 'failed';
export type MessageDirection = 'inbound' | 'outbound';
export type MessageAuthor = 'person' | 'bot' | 'campaign' | 'phone';

export interface MessageError {
  readonly code: string | null;
  readonly title: string;
  readonly details?: string | null;
}

/** A file that came with a message. `storedHash` is set where this server keeps it: `messages.media(id)` fetches it. */
export interface MediaContent {
  readonly mimeType?: string | null;
  readonly sha256?: string | null;
  readonly sizeBytes?: number | null;
  readonly durationSeconds?: number | null;
  readonly fileName?: string | null;
  readonly caption?: string | null;
  readonly storedHash?: string | null;
}

/** A message as lists, events and webhooks show it. */
export interface Message {
  readonly id: string;
  readonly providerMessageId: string | null;
  readonly instance: string;
  readonly conversationId: string;
  readonly direction: MessageDirection;
  readonly kind: string;
  readonly text?: string | null;
  readonly status: MessageStatus;
  readonly timestamp: string;
  readonly receivedAt: string;
  readonly sequence: number;
  readonly content?: { readonly media?: MediaContent | null; readonly rawJson?: string | null } | null;
  readonly batchId?: string | null;
  readonly author?: MessageAuthor | null;
  /** Which participant wrote an inbound message of a group. */
  readonly writer?: Contact | null;
  readonly errors?: readonly MessageError[];
}

export interface Contact {
  readonly phone?: string | null;
  readonly lid?: string | null;
  readonly userId?: string | null;
  readonly groupId?: string | null;
  readonly name?: string | null;
  readonly username?: string | null;
}

/** A conversation as the list shows it. */
export interface Conversation {
  readonly id: string;
  readonly instance: string;
  readonly contact: Contact;
  readonly createdAt: string;
  readonly lastActivityAt: string;
  readonly lastMessageText?: string | null;
  readonly unread: number;
  readonly paused: boolean;
  readonly pausedUntil?: string | null;
  readonly windowEndsAt?: string | null;
  readonly messageCount: number;
}

/** A burst of messages that is answered once. */
export interface Batch {
  readonly id: string;
  readonly instance: string;
  readonly conversationId: string;
  readonly messageIds: readonly string[];
  readonly openedAt: string;
  readonly dueAt: string;
  readonly flushedAt?: string | null;
  readonly reason?: 'due' | 'count' | 'manual' | 'direct' | null;
  readonly status: 'open' | 'processing' | 'completed' | 'dead' | 'discarded';
  readonly attempts: number;
  readonly error?: string | null;
  readonly outcome?: string | null;
}

/** An instance; the members beyond these are as the server's `/openapi/v1.json` says. */
export interface Instance {
  readonly id: string;
  readonly name: string;
  readonly provider: string;
  readonly [member: string]: unknown;
}

export interface SendAccepted {
  readonly messageId: string;
  readonly timestamp: string;
  readonly status: string;
}

/** An open device session and the token that its device may be given. */
export interface DeviceSession {
  readonly sessionId: string;
  readonly instance: string;
  readonly deviceId: string;
  readonly conversationId: string;
  readonly token: string;
  readonly expiresAt: string;
  readonly lastSequence: number;
}
