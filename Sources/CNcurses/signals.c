#define _GNU_SOURCE
#include "CNcurses.h"
#include "restore.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

static const int told[] = {SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT, SIGQUIT};
static const int crashes[] = {SIGSEGV, SIGBUS, SIGILL, SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

static struct sigaction found[NSIG];
static volatile sig_atomic_t pipe_end = -1;
static volatile sig_atomic_t was_asked_to_end;

static void hand_on(int number) {
    sigaction(number, &found[number], NULL);
    // Blocked while this handler runs, so it arrives when it returns.
    raise(number);
}

static void tell(int number) {
    int error = errno;
    int is_end = number != SIGWINCH && number != SIGCONT;
    if (is_end && was_asked_to_end) {
        restore_now();
        hand_on(number);
    } else {
        if (is_end) was_asked_to_end = 1;
        unsigned char byte = (unsigned char)number;
        ssize_t count = write(pipe_end, &byte, 1);
        (void)count;
    }
    errno = error;
}

static void crash(int number) {
    restore_now();
    hand_on(number);
}

void cncurses_watch_signals(int descriptor) {
    pipe_end = descriptor;
    was_asked_to_end = 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_RESTART;
    action.sa_handler = tell;
    // Worker threads block signals and threads inherit that; here is one that takes them.
    sigset_t wanted;
    sigemptyset(&wanted);
    for (int index = 0; index < COUNT(told); index++) {
        sigaction(told[index], &action, &found[told[index]]);
        sigaddset(&wanted, told[index]);
    }
    pthread_sigmask(SIG_UNBLOCK, &wanted, NULL);
    // On its own stack where there is one: a stack that ran over is a crash too.
    action.sa_flags = SA_ONSTACK;
    action.sa_handler = crash;
    for (int index = 0; index < COUNT(crashes); index++)
        sigaction(crashes[index], &action, &found[crashes[index]]);
    // A stopped program would leave the citizen's data on the screen and the keys in raw mode.
    action.sa_flags = 0;
    action.sa_handler = SIG_IGN;
    sigaction(SIGTSTP, &action, &found[SIGTSTP]);
}

void cncurses_unwatch_signals(void) {
    for (int index = 0; index < COUNT(told); index++) sigaction(told[index], &found[told[index]], NULL);
    for (int index = 0; index < COUNT(crashes); index++)
        sigaction(crashes[index], &found[crashes[index]], NULL);
    sigaction(SIGTSTP, &found[SIGTSTP], NULL);
    pipe_end = -1;
}
