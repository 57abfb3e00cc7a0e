// The one stream of events of this page, and the page's own watch over it: silence is told, never passed off as calm.

// The gateway sends at least once a second. After this much silence it counts as lost; with the watch's own pace that is well within 5 s.
const silenceMost = 3500;
const watchPause = 250;
const reconnectPause = 1000;

/**
 * Keeps one stream from the gateway and says when it is heard and when it is lost. It is a WebSocket: of plain HTTP connections a browser keeps six to a
 * host, for all its windows together, and each page would take one. Where a proxy does not pass WebSockets, events over HTTP do.
 */
export class Connection {
  #url;
  #kinds;
  #onEvent;
  #onLost;
  #close = null;
  #bySocket = false;
  #socketWorks = false;
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
    this.#close?.();
    // Until one was heard the two take turns; a page that once had a WebSocket keeps to it.
    this.#bySocket = this.#socketWorks || !this.#bySocket;
    this.#openedAt = performance.now();
    this.#close = this.#bySocket ? this.#openSocket() : this.#openEvents();
  }

  #openSocket() {
    const address = new URL(this.#url, document.baseURI);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(address);
    const close = () => {
      socket.onmessage = socket.onclose = null;
      socket.close();
    };
    socket.onmessage = ({ data }) => {
      this.#socketWorks = true;
      const [, kind, json] = /^event: (.*)\ndata: (.*)/.exec(data);
      if (this.#kinds.includes(kind)) this.#hear(kind, json);
    };
    socket.onclose = () => this.#openLater();
    return close;
  }

  #openEvents() {
    const source = new EventSource(this.#url);
    for (const kind of this.#kinds) source.addEventListener(kind, (event) => this.#hear(kind, event.data));
    // Whether refused or broken off: this page decides itself when to try again, since a browser gives up for good after some errors.
    source.onerror = () => {
      source.close();
      this.#openLater();
    };
    return () => {
      source.onerror = null;
      source.close();
    };
  }

  #openLater() {
    this.#close = null;
    setTimeout(() => this.#close ?? this.#open(), reconnectPause);
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
    if (this.#close && now - this.#openedAt > silenceMost) this.#open();
  }
}
