/** Stops listening. */
export type Unsubscribe = () => void;

/** What is called with an event. A promise that it returns is waited for; anything else it returns is not looked at. */
export type Listener<T> = (value: T) => unknown;

/** A typed emitter. A listener that throws is reported and costs nobody else the event. */
export class Emitter<Events extends object> {
  readonly #listeners = new Map<keyof Events, Set<Listener<never>>>();

  on<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Unsubscribe {
    let listeners = this.#listeners.get(name);
    if (!listeners) this.#listeners.set(name, (listeners = new Set()));
    listeners.add(listener as Listener<never>);
    return () => listeners.delete(listener as Listener<never>);
  }

  once<Name extends keyof Events>(name: Name, listener: Listener<Events[Name]>): Unsubscribe {
    const stop = this.on(name, (value) => {
      stop();
      return listener(value);
    });
    return stop;
  }

  /** Calls the listeners; settles when those that return a promise are done. */
  protected async emit<Name extends keyof Events>(name: Name, value: Events[Name]): Promise<void> {
    const pending: Promise<unknown>[] = [];
    for (const listener of [...(this.#listeners.get(name) ?? [])]) {
      try {
        const result = (listener as Listener<Events[Name]>)(value);
        if (result instanceof Promise) pending.push(result.catch(report));
      } catch (error) {
        report(error);
      }
    }
    await Promise.all(pending);
  }
}

function report(error: unknown): void {
  // The listener's own fault: shown as an uncaught error would be, without ending what called it.
  console.error('A listener of @waqtor/sdk failed:', error);
}
