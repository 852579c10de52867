export { FileStore } from './messaging/fileStore.js';
