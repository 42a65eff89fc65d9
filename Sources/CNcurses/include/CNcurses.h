#ifndef CNCURSES_H
#define CNCURSES_H

#include <stddef.h>
#include <stdint.h>

// The part of ncursesw that the terminal needs, as plain functions: the library itself is macros,
// variadic functions and global variables, which Swift cannot see. All calls but those on signals
// and widths come from one thread.

/// Columns that a Unicode scalar takes: 0, 1 or 2, and -1 for a control character. The same on
/// every machine: it asks the C.UTF-8 locale, whatever the user's is.
int cncurses_column_width(uint32_t scalar);

enum {
    CNCURSES_OPENED = 0,
    CNCURSES_NOT_A_TERMINAL = -1,
    CNCURSES_UNKNOWN_TERMINAL = -2,
};

/// Takes standard input and output over for full-screen painting: raw keys, alternate screen.
int cncurses_open(void);

/// Takes standard input over for raw keys and leaves standard output to lines of text. What the
/// terminal remembers of them is cleared at the end, with all that stood before them.
int cncurses_open_raw(void);

/// Clears what was shown and gives the terminal back as it was found. Does nothing when not open.
void cncurses_close(void);

/// 0 when the terminal has no colours.
int cncurses_colours(void);

enum {
    CNCURSES_BOLD = 1,
    CNCURSES_UNDERLINED = 2,
    CNCURSES_REVERSED = 4,
    CNCURSES_DIM = 8,
};

/// Puts one character, a base and the marks that combine with it, at most five scalars. A colour
/// of -1 is the terminal's own.
void cncurses_put(int row, int column, const uint32_t *scalars, size_t count, int foreground, int background,
                  unsigned attributes);

void cncurses_flush(void);

/// Follows a new size of the window and forgets what was painted.
void cncurses_resize(int height, int width);

/// The size of the terminal on standard output; -1 when it cannot be known.
int cncurses_size(int *height, int *width);

/// What the terminal sends for a key, by its terminfo name (`kf1`); null when it has no such key.
const char *cncurses_key_sequence(const char *capability);

/// From here on SIGWINCH, SIGCONT, SIGTERM, SIGHUP, SIGINT and SIGQUIT each write their number as one byte to
/// `descriptor`; this thread takes them. A second request to end, and any crash, gives the terminal back and ends the program.
void cncurses_watch_signals(int descriptor);

/// Puts back the signal handling that was found.
void cncurses_unwatch_signals(void);

#endif
