#ifndef CNCURSES_RESTORE_H
#define CNCURSES_RESTORE_H

#include <stddef.h>

// What is needed to give the terminal back from inside a signal handler: bytes that were computed
// beforehand, write(2) and tcsetattr(3), nothing else.

/// Remembers the terminal's modes as they are now; -1 when standard input is no terminal.
int restore_remember_modes(void);

enum { RESTORE_FAREWELL_MAX = 8192 };

/// Sets the bytes that leave the full screen, at most `RESTORE_FAREWELL_MAX`; the rest is cut off.
void restore_set_farewell(const char *bytes, size_t count);

/// Writes bytes to the terminal past everybody's buffers; safe in a signal handler.
void restore_write(const char *bytes, size_t count);

/// Gives the terminal back once; safe in a signal handler and at exit.
void restore_now(void);

/// Whether the terminal is still ours; clears it.
int restore_claim(void);

/// The modes as they were found.
void restore_modes(void);

#endif
