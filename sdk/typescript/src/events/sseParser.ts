/** One block of an event stream. */
export interface SseBlock {
  readonly id: string | undefined;
  readonly event: string;
  readonly data: string;
}

/** Parses an event stream as the WHATWG HTML standard says, however its bytes are cut. */
export class SseParser {
  readonly #decoder = new TextDecoder();
  #rest = '';
  #first = true;
  #data: string[] = [];
  #event = '';
  #id: string | undefined;

  /** Blocks that are whole with these bytes. */
  *push(bytes: Uint8Array): Generator<SseBlock> {
    this.#rest += this.#decoder.decode(bytes, { stream: true });
    if (this.#first && this.#rest.length > 0) {
      this.#first = false;
      if (this.#rest.startsWith('\ufeff')) this.#rest = this.#rest.slice(1);
    }

    for (;;) {
      const end = this.#rest.search(/[\r\n]/);
      if (end < 0) return;
      // A carriage return at the end may be half of a pair.
      if (this.#rest[end] === '\r' && end === this.#rest.length - 1) return;
      const line = this.#rest.slice(0, end);
      this.#rest = this.#rest.slice(end + (this.#rest.startsWith('\r\n', end) ? 2 : 1));
      if (line !== '') this.#take(line);
      else if (this.#data.length > 0) yield this.#block();
      else this.#event = '';
    }
  }

  #take(line: string): void {
    const colon = line.indexOf(':');
    if (colon === 0) return;
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? '' : line.slice(colon + (line[colon + 1] === ' ' ? 2 : 1));
    if (field === 'data') this.#data.push(value);
    else if (field === 'event') this.#event = value;
    else if (field === 'id' && !value.includes('\0')) this.#id = value;
  }

  #block(): SseBlock {
    const block = { id: this.#id, event: this.#event === '' ? 'message' : this.#event, data: this.#data.join('\n') };
    this.#data = [];
    this.#event = '';
    return block;
  }
}
