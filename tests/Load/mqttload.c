// mqttload: an MQTT 3.1.1 publisher that costs the machine as little as it can, for measuring brokers side by side
// and for crash tests. One thread, one epoll loop, any number of connections, a window of unacknowledged QoS 1/2
// publishes on each.
//
//   cc -O2 -o mqttload mqttload.c
//   mqttload -p 1883 -c 100 -w 20 -q 1 -d 10            100 connections, 20 in flight on each, QoS 1, for 10 s
//   mqttload -p 1883 -c 1000 -w 1 -q 2 -r 5000 -d 10     open loop: 5,000 readings/s in all; latency from the due time
//   mqttload -p 1883 -c 50 -w 20 -q 2 -n 2000 -R -L l.csv   2,000 readings a connection, reconnecting through crashes,
//                                                        with a ledger "client,seq,state" (A acknowledged, S sent, not acknowledged)
//
// Options: -H host -p port -c connections -w window -q qos -s payload bytes (padded) -d seconds -n readings per connection
//   -r total readings/s (0: as fast as the window allows) -t topic (%d: the connection's number) -i client id prefix
//   -u user -P password (%d allowed in both) -k keep-alive seconds -R reconnect and re-send (clean session 0)
//   -L ledger file -T seconds to wait for the last acknowledgements -j print one JSON line instead of text
//   -m N: each connection speaks for N devices in turn (topic "devices/d%d-%d/vitals"), so that no device outruns the clock
//   -v subject: add "patient":"p<conn>" to each payload
// SIGTERM: nothing new is sent, the last acknowledgements are waited for, and the ledger is written.
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { OUT = 1 << 16, IN = 1 << 14 };
typedef struct { uint64_t sent; uint32_t seq; uint8_t state; } slot;   // state: 0 free, 1 PUBLISH sent, 2 PUBREC received
typedef struct {
  int fd, id, up, connected;
  uint32_t next, acked, inflight;           // next sequence to send (1-based), count acknowledged
  slot *slots;                              // window of packet ids 1..window
  uint8_t out[OUT]; uint32_t ob, oe;        // unsent bytes
  uint8_t in[IN]; uint32_t ie;
  uint8_t *states; uint32_t nstates;        // ledger
  uint64_t retry, lastrx, lasttx, *lastms; int want;
} conn;

static const char *host = "127.0.0.1", *topic = "devices/d%d/vitals", *prefix = "d", *user, *pass, *ledger;
static int devices = 1; static int port = 1883, nconn = 10, window = 10, qos = 1, size = 0, json, reconnect_on, keep = 60, subject;
static double secs = 10, rate, tail = 10; static uint32_t count; static int ep;
static uint64_t total_acked, total_sent, disconnects, dups, t0, tlast, refused;
static uint64_t hist[64 * 64]; static volatile sig_atomic_t stopping;

static void stop(int number) { (void)number; stopping = 1; }
static uint64_t now(void) { struct timespec t; clock_gettime(CLOCK_MONOTONIC, &t); return t.tv_sec * 1000000000ull + t.tv_nsec; }
static uint64_t wall_ms(void) { struct timespec t; clock_gettime(CLOCK_REALTIME, &t); return t.tv_sec * 1000ull + t.tv_nsec / 1000000; }
static void record(uint64_t ns) {
  uint64_t us = ns / 1000; int e = us < 64 ? 0 : 58 - __builtin_clzll(us); // log-linear, 64 sub-buckets
  uint64_t idx = e == 0 ? us : (uint64_t)(e) * 64 + ((us >> e) & 63); if (idx >= 64 * 64) idx = 64 * 64 - 1; hist[idx]++;
}
static double pct(double p) {
  uint64_t n = 0, c = 0; for (int i = 0; i < 4096; i++) n += hist[i]; if (!n) return 0;
  for (int i = 0; i < 4096; i++) { c += hist[i]; if (c >= p * n) { int e = i / 64; return e == 0 ? i / 1000.0 : (double)(((uint64_t)(i % 64)) << e) / 1000.0; } }
  return 0;
}
static void want(conn *c, int w) { if (c->want == w) return; c->want = w; struct epoll_event e = { w ? EPOLLIN | EPOLLOUT : EPOLLIN, { .ptr = c } }; epoll_ctl(ep, EPOLL_CTL_MOD, c->fd, &e); }
static void drop(conn *c) { if (c->fd >= 0) { close(c->fd); c->fd = -1; if (c->up) disconnects++; } c->up = c->connected = 0; c->ob = c->oe = c->ie = 0; c->retry = now() + 50000000ull; c->want = 0; }
static uint8_t *room(conn *c, uint32_t n) {
  if (c->oe + n > OUT) { memmove(c->out, c->out + c->ob, c->oe - c->ob); c->oe -= c->ob; c->ob = 0; }
  return c->oe + n > OUT ? NULL : c->out + c->oe;
}
static void flush_out(conn *c) {
  while (c->ob < c->oe) {
    ssize_t n = send(c->fd, c->out + c->ob, c->oe - c->ob, MSG_NOSIGNAL);
    if (n > 0) { c->ob += n; c->lasttx = now(); } else if (errno == EAGAIN) { want(c, 1); return; } else { drop(c); return; }
  }
  c->ob = c->oe = 0; if (c->fd >= 0) want(c, 0);
}
static int put_str(uint8_t *b, const char *s) { int n = strlen(s); b[0] = n >> 8; b[1] = n; memcpy(b + 2, s, n); return n + 2; }
static void start(conn *c) {
  struct sockaddr_in a = { .sin_family = AF_INET, .sin_port = htons(port) }; inet_pton(AF_INET, host, &a.sin_addr);
  c->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0); int one = 1; setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
  if (connect(c->fd, (void *)&a, sizeof a) < 0 && errno != EINPROGRESS) { drop(c); return; }
  struct epoll_event e = { EPOLLIN | EPOLLOUT, { .ptr = c } }; epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e); c->want = 1; c->lastrx = c->lasttx = now();
  char id[128], u[256], pw[256]; snprintf(id, sizeof id, "%s%d", prefix, c->id);
  uint8_t v[1024]; int n = put_str(v, "MQTT"); v[n++] = 4; int fl = n++; v[fl] = reconnect_on ? 0 : 2; v[n++] = keep >> 8; v[n++] = keep; n += put_str(v + n, id);
  if (user) { snprintf(u, sizeof u, user, c->id); v[fl] |= 0x80; n += put_str(v + n, u); }
  if (pass) { snprintf(pw, sizeof pw, pass, c->id); v[fl] |= 0x40; n += put_str(v + n, pw); }
  uint8_t *b = room(c, n + 3); int h = 0; b[h++] = 0x10; if (n < 128) b[h++] = n; else { b[h++] = 0x80 | (n & 127); b[h++] = n >> 7; } memcpy(b + h, v, n); c->oe += h + n;
}
static int publish(conn *c, int s, uint32_t seq, int dup) {
  char tp[256], pl[65536]; int dev = seq % devices, tn = snprintf(tp, sizeof tp, topic, c->id, dev);
  uint64_t ms = wall_ms(); if (ms <= c->lastms[dev]) ms = c->lastms[dev] + 1;
  c->lastms[dev] = ms;   // no two readings of a device share a time
  uint32_t x = seq * 2654435761u ^ (uint32_t)c->id * 40503u;
  int pn = snprintf(pl, sizeof pl, "{\"ts\":%llu,\"seq\":%u,\"hr\":%u,\"spo2\":%u,\"rr\":%u,\"sbp\":%u,\"dbp\":%u,\"temp\":%u.%u", (unsigned long long)ms, seq,
                    60 + x % 40, 94 + (x >> 8) % 6, 12 + (x >> 12) % 8, 105 + (x >> 16) % 30, 65 + (x >> 20) % 20, 36, (x >> 24) % 10);
  if (subject) pn += snprintf(pl + pn, sizeof pl - pn, ",\"patient\":\"p%d\"", c->id);
  if (size > pn + 10) { pn += snprintf(pl + pn, sizeof pl - pn, ",\"pad\":\""); while (pn < size - 2) pl[pn++] = 'x'; pl[pn++] = '"'; }
  pl[pn++] = '}';
  int rem = 2 + tn + 2 + pn; uint8_t *b = room(c, rem + 5); if (!b) return 0;
  int h = 0; b[h++] = 0x30 | qos << 1 | (dup ? 8 : 0); int r = rem; do { uint8_t d = r % 128; r /= 128; b[h++] = d | (r ? 0x80 : 0); } while (r);
  b[h++] = tn >> 8; b[h++] = tn; memcpy(b + h, tp, tn); h += tn; b[h++] = (s + 1) >> 8; b[h++] = s + 1; memcpy(b + h, pl, pn); c->oe += h + pn;
  if (dup) dups++; else total_sent++;
  return 1;
}
static void mark(conn *c, uint32_t seq, char st) {
  if (!ledger) return;
  if (seq >= c->nstates) { uint32_t n = c->nstates ? c->nstates * 2 : 1024; while (n <= seq) n *= 2; c->states = realloc(c->states, n); memset(c->states + c->nstates, 0, n - c->nstates); c->nstates = n; }
  c->states[seq] = st;
}
static void fill(conn *c, uint64_t t, uint64_t end) {
  if (!c->up) return;
  for (int s = 0; s < window && (int)c->inflight < window; s++) {
    if (c->slots[s].state) continue;
    if (count && c->next > count) break;
    if (!count && t >= end) break;
    uint64_t due = t; if (rate > 0) { due = t0 + (uint64_t)(((double)(c->next - 1) * nconn + c->id) / rate * 1e9); if (due > t) break; }
    if (!publish(c, s, c->next, 0)) break;
    c->slots[s] = (slot){ due, c->next, 1 }; mark(c, c->next, 'S'); c->next++; c->inflight++;
  }
}
static void acked(conn *c, int s) {
  if (s < 0 || s >= window || !c->slots[s].state) return;
  tlast = now(); record(tlast - c->slots[s].sent); mark(c, c->slots[s].seq, 'A'); c->slots[s].state = 0; c->inflight--; c->acked++; total_acked++;
}
static void packet(conn *c, uint8_t *p, uint32_t hl, uint32_t n) {
  int type = p[0] >> 4; uint8_t *b = p + hl; int s = n >= 2 ? ((b[0] << 8 | b[1]) - 1) : -1;
  if (type == 2) {
    if (b[1]) { refused++; fprintf(stderr, "mqttload: CONNACK refused with code %d\n", b[1]); drop(c); c->retry = now() + 1000000000ull; return; }
    c->up = 1;
    // What was not acknowledged before the connection broke, in the order in which it was first sent: a slot is used again before later ones.
    for (uint32_t done = 0; ; ) {
      int i = -1; for (int s = 0; s < window; s++) if (c->slots[s].state && c->slots[s].seq > done && (i < 0 || c->slots[s].seq < c->slots[i].seq)) i = s;
      if (i < 0) break;
      done = c->slots[i].seq;
      if (c->slots[i].state == 1) publish(c, i, c->slots[i].seq, 1);
      else { uint8_t *o = room(c, 4); if (o) { o[0] = 0x62; o[1] = 2; o[2] = (i + 1) >> 8; o[3] = i + 1; c->oe += 4; } }
    }
  } else if (type == 4) acked(c, s);
  else if (type == 5) { if (s >= 0 && s < window && c->slots[s].state) { c->slots[s].state = 2; } uint8_t *o = room(c, 4); if (o) { o[0] = 0x62; o[1] = 2; o[2] = b[0]; o[3] = b[1]; c->oe += 4; } }
  else if (type == 7) acked(c, s);
}
static void readable(conn *c) {
  for (;;) {
    ssize_t n = recv(c->fd, c->in + c->ie, IN - c->ie, 0);
    if (n == 0 || (n < 0 && errno != EAGAIN)) { drop(c); return; }
    if (n < 0) break;
    c->ie += n; c->lastrx = now(); uint32_t i = 0;
    while (i + 2 <= c->ie) {
      uint32_t len = 0, sh = 0, h = 1; int ok = 0; while (i + h < c->ie && h < 5) { uint8_t d = c->in[i + h++]; len |= (d & 127) << sh; sh += 7; if (!(d & 128)) { ok = 1; break; } }
      if (!ok || i + h + len > c->ie) break;
      packet(c, c->in + i, h, len); if (c->fd < 0) return; i += h + len;
    }
    memmove(c->in, c->in + i, c->ie - i); c->ie -= i;
  }
}
int main(int argc, char **argv) {
  int o; while ((o = getopt(argc, argv, "H:p:c:w:q:s:d:n:r:t:i:u:P:k:RL:T:jvm:")) != -1) switch (o) {
    case 'H': host = optarg; break; case 'p': port = atoi(optarg); break; case 'c': nconn = atoi(optarg); break; case 'w': window = atoi(optarg); break;
    case 'q': qos = atoi(optarg); break; case 's': size = atoi(optarg); break; case 'd': secs = atof(optarg); break; case 'n': count = atoi(optarg); break;
    case 'r': rate = atof(optarg); break; case 't': topic = optarg; break; case 'i': prefix = optarg; break; case 'u': user = optarg; break; case 'P': pass = optarg; break;
    case 'k': keep = atoi(optarg); break; case 'R': reconnect_on = 1; break; case 'L': ledger = optarg; break; case 'T': tail = atof(optarg); break; case 'j': json = 1; break; case 'v': subject = 1; break; case 'm': devices = atoi(optarg); if (devices > 1 && !strcmp(topic, "devices/d%d/vitals")) topic = "devices/d%d-%d/vitals"; break;
    default: fprintf(stderr, "see the head of mqttload.c for the options\n"); return 2; }
  if (devices < 1 || qos < 1 || qos > 2 || window < 1 || window > 60000 || nconn < 1) { fprintf(stderr, "mqttload: -q is 1 or 2, -w 1 to 60000, -c at least 1\n"); return 2; }
  struct rlimit rl = { nconn + 100, nconn + 100 }; struct rlimit cur; getrlimit(RLIMIT_NOFILE, &cur); if (cur.rlim_cur < rl.rlim_cur) { if (cur.rlim_max > rl.rlim_max) rl.rlim_max = cur.rlim_max; setrlimit(RLIMIT_NOFILE, &rl); }
  signal(SIGTERM, stop); ep = epoll_create1(0); conn *cs = calloc(nconn, sizeof *cs); if (!cs) return 2;
  for (int i = 0; i < nconn; i++) { cs[i].fd = -1; cs[i].id = i; cs[i].next = 1; cs[i].slots = calloc(window, sizeof(slot)); cs[i].lastms = calloc(devices, sizeof(uint64_t)); }
  // connect everybody first, at most 200 at a time
  uint64_t limit = now() + 60000000000ull; int up = 0, started = 0; struct epoll_event ev[512];
  while (up < nconn && now() < limit) {
    while (started < nconn && started - up < 200) start(&cs[started++]);
    int n = epoll_wait(ep, ev, 512, 20);
    for (int i = 0; i < n; i++) { conn *c = ev[i].data.ptr; if (c->fd < 0) continue; if (ev[i].events & (EPOLLERR | EPOLLHUP)) { drop(c); continue; } if (ev[i].events & EPOLLOUT) flush_out(c); if (c->fd >= 0 && ev[i].events & EPOLLIN) readable(c); }
    up = 0; for (int i = 0; i < started; i++) { up += cs[i].up; if (cs[i].fd < 0 && now() > cs[i].retry) start(&cs[i]); }
  }
  if (up < nconn) { fprintf(stderr, "mqttload: only %d of %d connections came up\n", up, nconn); return 1; }
  t0 = tlast = now(); uint64_t end = t0 + (uint64_t)(secs * 1e9), last = 0; if (count) end = t0 + (uint64_t)(secs * 1e9);
  for (;;) {
    uint64_t t = now(); int busy = 0; if (stopping && t < end) { end = t; count = 0; }
    if (t - last > (rate > 0 ? 200000ull : 20000000ull) || last == 0) {
      last = t;
      for (int i = 0; i < nconn; i++) { conn *c = &cs[i];
        if (c->fd < 0) { if (reconnect_on && t > c->retry) start(c); }
        else if (c->up) { fill(c, t, end); if (keep && t - c->lasttx > (uint64_t)keep * 500000000ull) { uint8_t *b = room(c, 2); if (b) { b[0] = 0xC0; b[1] = 0; c->oe += 2; } } if (c->ob < c->oe) flush_out(c); }
      }
    }
    for (int i = 0; i < nconn && !busy; i++) busy = (reconnect_on || cs[i].fd >= 0) && (cs[i].inflight || (count && cs[i].next <= count));
    if ((!count && t >= end && !busy) || (count && !busy) || t > end + (uint64_t)(tail * 1e9)) break;
    int n = epoll_wait(ep, ev, 512, rate > 0 ? 1 : 20);
    for (int i = 0; i < n; i++) { conn *c = ev[i].data.ptr; if (c->fd < 0) continue;
      if (ev[i].events & (EPOLLERR | EPOLLHUP)) { drop(c); continue; }
      if (ev[i].events & EPOLLIN) readable(c);
      if (c->fd >= 0) { fill(c, now(), end); if (c->ob < c->oe || ev[i].events & EPOLLOUT) flush_out(c); } }
  }
  double dur = (tlast - t0) / 1e9; uint64_t open = 0; for (int i = 0; i < nconn; i++) open += cs[i].inflight;
  if (ledger) { FILE *f = fopen(ledger, "w"); if (!f) { perror(ledger); return 1; } for (int i = 0; i < nconn; i++) for (uint32_t q = 1; q < cs[i].next; q++) fprintf(f, "%s%d,%u,%c\n", prefix, i, q, q < cs[i].nstates && cs[i].states[q] ? cs[i].states[q] : 'S'); fclose(f); }
  struct rusage ru; getrusage(RUSAGE_SELF, &ru); double cpu = ru.ru_utime.tv_sec + ru.ru_stime.tv_sec + (ru.ru_utime.tv_usec + ru.ru_stime.tv_usec) / 1e6;
  const char *f = json ? "{\"acked_per_s\":%.0f,\"acked\":%llu,\"sent\":%llu,\"unacked\":%llu,\"seconds\":%.2f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"p999_ms\":%.3f,\"disconnects\":%llu,\"resent\":%llu,\"load_cpu_s\":%.2f}\n"
                       : "%.0f acknowledged/s  (%llu acknowledged, %llu sent, %llu open, %.2f s)  latency p50 %.3f  p99 %.3f  p99.9 %.3f ms  disconnects %llu  re-sent %llu  own CPU %.2f s\n";
  printf(f, dur > 0 ? total_acked / dur : 0, (unsigned long long)total_acked, (unsigned long long)total_sent, (unsigned long long)open, dur, pct(.5), pct(.99), pct(.999), (unsigned long long)disconnects, (unsigned long long)dups, cpu);
  return open ? 1 : 0;
}
