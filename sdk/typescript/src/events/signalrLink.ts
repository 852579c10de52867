import type { FeedEvent } from './envelope.js';
import { standingOf, type Link, type LinkListener, type LinkOptions, type Standing } from './link.js';

/** Opens the hub `/hubs/events` with the official client, over whichever of its transports gets through. */
export async function openSignalR(options: LinkOptions, listener: LinkListener): Promise<Link> {
  // Loaded when first needed: pages that only send messages do without it.
  const signalr = await import('@microsoft/signalr');
  const headers = await options.headers();
  const ticket = options.ticket ? `?ticket=${encodeURIComponent(await options.ticket())}` : '';
  // Only where the cookie speaks: a server that lets any origin in takes no credentials from a page.
  const withCredentials = typeof document !== 'undefined' && ticket === '' && headers['x-api-key'] === undefined;
  const connection = new signalr.HubConnectionBuilder()
    .withUrl(`${options.url}/hubs/events${ticket}`, { headers, withCredentials })
    .configureLogging(signalr.LogLevel.None)
    .build();
  connection.serverTimeoutInMilliseconds = 30_000;
  connection.keepAliveIntervalInMilliseconds = 15_000;
  connection.on('event', (event: FeedEvent) => {
    if (event.topic !== 'connection') return listener.onEvent(event);
    const standing = standingOf(event.payload);
    if (standing) listener.onStand(standing);
  });
  connection.onclose((error) => listener.onClose(error));
  await connection.start();
  return {
    transport: 'signalr',
    async subscribe(topics, cursor) {
      listener.onStand(await connection.invoke<Standing>('Subscribe', [...topics], cursor === '' ? null : cursor));
    },
    async unsubscribe(topics) {
      await connection.invoke('Unsubscribe', [...topics]);
    },
    close: () => connection.stop(),
  };
}
