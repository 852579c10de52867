import { ApiError, NetworkError } from '../errors.js';

/** What follows a failed try to send. */
export type Verdict =
  /** The connection or the server is away: wait for it; costs no attempt. */
  | 'wait'
  /** May work at the next attempt; attempts are counted. */
  | 'retry'
  /** Nothing can be sent until a new token is there: the whole queue waits. */
  | 'unauthorized'
  /** This message will never be taken. */
  | 'stop';

/** Sorts an error by what can be done about it. */
export function judge(error: unknown): Verdict {
  if (error instanceof NetworkError) return 'wait';
  if (!(error instanceof ApiError)) return 'retry';
  switch (error.status) {
    case 401:
    case 403:
      return 'unauthorized';
    case 408:
    case 425:
    case 429:
    case 502:
    case 503:
    case 504:
      return 'wait';
    // The upload is not what was begun (a lost chunk, another tab): it begins anew.
    case 409:
    case 422:
      return 'retry';
    case 404:
      // The upload was too old and removed: it begins anew. Any other 404 is final.
      return error.code === 'not_found' && error.message.includes('upload') ? 'retry' : 'stop';
    default:
      return error.status >= 500 ? 'retry' : 'stop';
  }
}
