#define _GNU_SOURCE
#include "CHardening.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

// Those that ask, and those of a crash. Only these may be caught here: SIGKILL and SIGSTOP cannot be.
static const int ends[] = {SIGTERM, SIGHUP,  SIGINT,  SIGQUIT, SIGSEGV, SIGBUS,
                           SIGILL,  SIGTRAP, SIGFPE, SIGABRT, SIGSYS};
#define COUNT(list) ((int)(sizeof(list) / sizeof(list)[0]))

static struct termios modes;
static int has_modes;

// tcgetpgrp, tcgetattr and tcsetattr are safe in a handler (signal-safety(7)).
static void end(int number) {
    // In the background it would stop us instead, and the terminal is another's.
    if (has_modes && tcgetpgrp(STDIN_FILENO) == getpgrp()) tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    signal(number, SIG_DFL);
    // Blocked while this handler runs, so it arrives when it returns.
    raise(number);
}

void chardening_guard_end(void) {
    has_modes = isatty(STDIN_FILENO) && tcgetattr(STDIN_FILENO, &modes) == 0;
    struct sigaction action;
    memset(&action, 0, sizeof action);
    sigemptyset(&action.sa_mask);
    action.sa_flags = SA_ONSTACK;
    action.sa_handler = end;
    for (int index = 0; index < COUNT(ends); index++) {
        struct sigaction found;
        // What whoever started us had ignored stays so (nohup). The runtime's own handlers go: their
        // reports of a crash show memory.
        if (sigaction(ends[index], NULL, &found) == 0 && found.sa_handler == SIG_IGN) continue;
        sigaction(ends[index], &action, NULL);
    }
}
