/* A wall clock that jumps: preloaded into a process, it is up to three days ahead of the real one,
   by another stretch every CLOCK_JUMP_MS milliseconds, so that it goes back as often as forth.
   Monotonic clocks and file times are left alone, as they are by an administrator's `date -s`. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

static long ahead_s(void) {
    const char *seed = getenv("CLOCK_SEED"), *jump = getenv("CLOCK_JUMP_MS");
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    unsigned long ms = now.tv_sec * 1000ul + now.tv_nsec / 1000000;
    unsigned long x = ms / (jump ? strtoul(jump, 0, 10) : 700) + (seed ? strtoul(seed, 0, 10) : 0);
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ul; /* splitmix64 */
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebul;
    return (long)((x ^ (x >> 31)) % (3 * 86400));
}

int clock_gettime(clockid_t clock, struct timespec *at) {
    int status = (int)syscall(SYS_clock_gettime, clock, at);
    if (status == 0 && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
        at->tv_sec += ahead_s();
    return status;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    struct timespec now;
    (void)zone;
    clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return 0;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at)
        *at = now.tv_sec;
    return now.tv_sec;
}
