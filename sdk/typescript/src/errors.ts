/** The base of every error this package throws. */
export class WaqtorError extends Error {
  constructor(message: string, options?: { cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
  }
}

/** The server was not reached, or its answer was lost on the way. */
export class NetworkError extends WaqtorError {}

/** The server did not answer in time. */
export class RequestTimeoutError extends NetworkError {}

/** The queue of unsent messages is full. */
export class QueueFullError extends WaqtorError {}

/** A webhook's signature does not fit its body, or is too old. */
export class WebhookSignatureError extends WaqtorError {}

/** The members of RFC 9457 problem details as the server writes them. */
export interface ProblemDetails {
  readonly type?: string;
  readonly title?: string;
  readonly status?: number;
  readonly detail?: string;
  readonly code?: string;
  readonly traceId?: string;
  readonly errors?: Readonly<Record<string, readonly string[]>>;
}

/** The server refused the request. `code` is stable: branch on it, not on the words. */
export class ApiError extends WaqtorError {
  readonly status: number;
  readonly code: string;
  readonly detail: string | undefined;
  readonly traceId: string | undefined;
  /** What is wrong, by field. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** How long the server asked to wait. */
  readonly retryAfterSeconds: number | undefined;

  constructor(status: number, problem: ProblemDetails, retryAfterSeconds?: number) {
    super(`${problem.title ?? `The server answered ${status}.`}${problem.detail ? ` ${problem.detail}` : ''}`);
    this.status = status;
    this.code = problem.code ?? `http_${status}`;
    this.detail = problem.detail;
    this.traceId = problem.traceId;
    this.errors = problem.errors ?? {};
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** 400: `errors` says what is wrong, by field. */
export class ValidationError extends ApiError {}
/** 401: no key or token, a wrong one, or one that is over. */
export class UnauthorizedError extends ApiError {}
/** 403: the key or token may not do this. */
export class ForbiddenError extends ApiError {}
/** 404. */
export class NotFoundError extends ApiError {}
/** 409: what is asked does not fit the state of things. */
export class ConflictError extends ApiError {}
/** 429: wait `retryAfterSeconds`. */
export class RateLimitedError extends ApiError {}
/** 5xx. */
export class ServerError extends ApiError {}

/** Makes the typed error of an answer; reads its body. */
export async function apiErrorOf(response: Response): Promise<ApiError> {
  const text = await response.text().catch(() => '');
  let problem: ProblemDetails = {};
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null) problem = parsed as ProblemDetails;
  } catch {
    // Not JSON: a proxy's page. The status says enough.
  }
  const after = Number(response.headers.get('retry-after'));
  const seconds = response.headers.has('retry-after') && Number.isFinite(after) && after >= 0 ? after : undefined;
  const status = response.status;
  const Kind =
    status === 400 ? ValidationError
    : status === 401 ? UnauthorizedError
    : status === 403 ? ForbiddenError
    : status === 404 ? NotFoundError
    : status === 409 ? ConflictError
    : status === 429 ? RateLimitedError
    : status >= 500 ? ServerError
    : ApiError;
  return new Kind(status, problem, seconds);
}
