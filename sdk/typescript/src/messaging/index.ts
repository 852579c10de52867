export { MessageSender } from './sender.js';
export type {
  ConnectionState, MessageFailure, MessageProgress, MessageState, SenderEvents, SenderOptions, SenderStatus, SendOptions,
} from './contract.js';
export type { AudioSpecification, MessageMetadata } from './metadata.js';
export type { DeviceEvent, Offer, TokenProvider } from './transport.js';
export type { QueuedMessage, QueueStore, StoredMessage } from './store.js';
export { IndexedDbStore } from './indexedDbStore.js';
export { MemoryStore } from './memoryStore.js';
