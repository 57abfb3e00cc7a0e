// The one stream of events of this page, and the page's own watch over it: silence is told, never passed off as calm.

// The gateway sends at least once a second. After this much silence it counts as lost; with the watch's own pace that is well within 5 s.
const silenceMost = 3500;
const watchPause = 250;
const reconnectPause = 1000;

/** Keeps one EventSource to the gateway and says when it is heard and when it is lost. */
export class Connection {
  #url;
  #kinds;
  #onEvent;
  #onLost;
  #source = null;
  #heardAt = performance.now();
  #heardAtWallClock = Date.now();
  #openedAt = 0;
  #lost = false;

  /** kinds are the events listened to; onEvent(kind, data) is called for each; onLost() once, each time the gateway falls silent. */
  constructor(url, kinds, onEvent, onLost) {
    this.#url = url;
    this.#kinds = kinds;
    this.#onEvent = onEvent;
    this.#onLost = onLost;
  }

  /** Connects, and goes on doing so for as long as the page lives. */
  start() {
    this.#open();
    setInterval(() => this.#watch(), watchPause);
    // A page that was asleep looks at once, not at the next pace of its throttled timers.
    document.addEventListener("visibilitychange", () => this.#watch());
    window.addEventListener("pageshow", () => this.#watch());
  }

  #open() {
    this.#source?.close();
    const source = new EventSource(this.#url);
    this.#source = source;
    this.#openedAt = performance.now();
    for (const kind of this.#kinds) {
      source.addEventListener(kind, (event) => {
        if (source === this.#source) this.#hear(kind, event.data);
      });
    }
    source.onerror = () => {
      // Whether refused or broken off: this page decides itself when to try again, since a browser gives up for good after some errors.
      if (source !== this.#source) return;
      source.close();
      this.#source = null;
      setTimeout(() => this.#source ?? this.#open(), reconnectPause);
    };
  }

  #hear(kind, data) {
    this.#onEvent(kind, JSON.parse(data));
    this.#heardAt = performance.now();
    this.#heardAtWallClock = Date.now();
    this.#lost = false;
  }

  #watch() {
    // The page's own clock stands still while the machine sleeps, the wall clock may be set: the longer of the two silences counts.
    const now = performance.now();
    const silence = Math.max(now - this.#heardAt, Date.now() - this.#heardAtWallClock);
    if (silence <= silenceMost) return;
    if (!this.#lost) {
      this.#lost = true;
      this.#onLost();
    }
    // A connection whose other end is gone without a word stays "open" for minutes: give it up.
    if (this.#source && now - this.#openedAt > silenceMost) this.#open();
  }
}
