import { NetworkError, apiErrorOf } from '../errors.js';
import type { FeedEvent } from './envelope.js';
import { standingOf, type Link, type LinkListener, type LinkOptions } from './link.js';
import { SseParser, type SseBlock } from './sseParser.js';

// The server writes a comment every 15 to 30 s: a stream that is silent for longer is dead.
const silenceMaxMs = 45_000;

/** Follows `/api/realtime/events` by a streamed fetch, for networks that let nothing but plain HTTP through. */
export async function openSse(options: LinkOptions, listener: LinkListener, topics: readonly string[], cursor: string): Promise<Link> {
  const stop = new AbortController();
  const response = await connect(options, topics, cursor, stop.signal);
  void read(response, listener, stop);
  return {
    transport: 'sse',
    // A stream's topics are fixed when it opens: the client opens another.
    subscribe: async () => stop.abort(),
    unsubscribe: async () => stop.abort(),
    close: async () => stop.abort(),
  };
}

async function connect(options: LinkOptions, topics: readonly string[], cursor: string, signal: AbortSignal): Promise<Response> {
  const query = new URLSearchParams({ topics: topics.join(',') });
  if (options.ticket) query.set('ticket', await options.ticket());
  const headers: Record<string, string> = { accept: 'text/event-stream', ...(await options.headers()) };
  if (cursor !== '') headers['last-event-id'] = cursor;
  const timeout = new AbortController();
  const timer = setTimeout(() => timeout.abort(), 15_000);
  const given = (): void => timeout.abort();
  signal.addEventListener('abort', given);
  let response: Response;
  try {
    response = await options.fetch(`${options.url}/api/realtime/events?${query}`, { headers, signal: AbortSignal.any([signal, timeout.signal]) });
  } catch (error) {
    throw new NetworkError('The feed was not reached.', { cause: error });
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', given);
  }
  if (response.status === 204) throw new NetworkError('The server ended the feed.');
  if (!response.ok || !response.body) throw await apiErrorOf(response);
  return response;
}

async function read(response: Response, listener: LinkListener, stop: AbortController): Promise<void> {
  const parser = new SseParser();
  const reader = response.body!.getReader();
  let error: Error | undefined;
  let timer: ReturnType<typeof setTimeout> | undefined;
  try {
    for (;;) {
      clearTimeout(timer);
      timer = setTimeout(() => stop.abort(), silenceMaxMs);
      const { done, value } = await reader.read();
      if (done) break;
      for (const block of parser.push(value)) take(block, listener);
    }
  } catch (failure) {
    error = new NetworkError('The feed was cut.', { cause: failure });
  } finally {
    clearTimeout(timer);
    stop.abort();
    listener.onClose(error);
  }
}

function take(block: SseBlock, listener: LinkListener): void {
  const data = JSON.parse(block.data) as Partial<FeedEvent> & { readonly payload?: unknown };
  const standing = standingOf(data);
  if (standing) listener.onStand(standing);
  else if (typeof data.topic === 'string' && typeof data.event === 'string') listener.onEvent(data as FeedEvent);
}
