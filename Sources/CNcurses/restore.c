#include "restore.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios modes;
static char farewell[512];
static size_t farewell_length;
static volatile sig_atomic_t is_ours;

int restore_remember_modes(void) {
    if (tcgetattr(STDIN_FILENO, &modes) != 0) return -1;
    farewell_length = 0;
    is_ours = 1;
    return 0;
}

void restore_set_farewell(const char *bytes, size_t count) {
    if (count > sizeof farewell) count = sizeof farewell;
    memcpy(farewell, bytes, count);
    farewell_length = count;
}

int restore_claim(void) {
    int was = is_ours;
    is_ours = 0;
    return was;
}

void restore_modes(void) {
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
}

void restore_now(void) {
    if (!restore_claim()) return;
    size_t done = 0;
    while (done < farewell_length) {
        ssize_t count = write(STDOUT_FILENO, farewell + done, farewell_length - done);
        if (count <= 0) break;
        done += (size_t)count;
    }
    restore_modes();
}
