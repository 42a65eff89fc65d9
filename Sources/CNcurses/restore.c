#include "restore.h"

#include <signal.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

static struct termios modes;
static char farewell[RESTORE_FAREWELL_MAX];
static volatile size_t farewell_length;
static volatile sig_atomic_t is_ours;

int restore_remember_modes(void) {
    if (tcgetattr(STDIN_FILENO, &modes) != 0) return -1;
    farewell_length = 0;
    is_ours = 1;
    return 0;
}

void restore_set_farewell(const char *bytes, size_t count) {
    if (count > sizeof farewell) count = sizeof farewell;
    // A crash meanwhile says none of it rather than half.
    farewell_length = 0;
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

void restore_write(const char *bytes, size_t count) {
    while (count > 0) {
        ssize_t written = write(STDOUT_FILENO, bytes, count);
        if (written <= 0) return;
        bytes += written;
        count -= (size_t)written;
    }
}

void restore_now(void) {
    if (!restore_claim()) return;
    restore_write(farewell, farewell_length);
    restore_modes();
}
