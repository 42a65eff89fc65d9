#define _GNU_SOURCE
#define NCURSES_WIDECHAR 1
#define NCURSES_NOMACROS 1
#include "CNcurses.h"
#include "restore.h"

#include <curses.h>
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <term.h>
#include <termios.h>
#include <unistd.h>

static SCREEN *screen;
static int has_exit_hook;

static char collected[RESTORE_FAREWELL_MAX];
static size_t collected_length;

/// xterm's way to clear what scrolled off the screen; terminals without such a memory ignore it.
static const char forget_scrolled[] = "\033[3J";
static const size_t forget_scrolled_length = sizeof forget_scrolled - 1;

static int collect(int character) {
    if (collected_length < sizeof collected) collected[collected_length++] = (char)character;
    return character;
}

static void collect_capability(const char *name) {
    const char *text = tigetstr(name);
    if (text != NULL && text != (char *)-1) tputs(text, 1, collect);
}

static void collect_text(const char *text) {
    while (*text != '\0') collect(*text++);
}

/// Whether what is painted goes to the same screen as the lines of the shell, and into their memory.
static int has_one_screen(void) {
    const char *leave = tigetstr("rmcup");
    if (leave == NULL || leave == (char *)-1 || *leave == '\0') return 1;
    // GNU screen has both unless told otherwise, and its terminfo says that it does.
    return getenv("STY") != NULL && getenv("TMUX") == NULL;
}

/// Clears row by row: many a terminal keeps in its memory what is cleared as a whole.
static void collect_cleared_rows(void) {
    int height = 0, width = 0;
    if (cncurses_size(&height, &width) != 0) height = 24;
    const char *place = tigetstr("cup"), *rest = tigetstr("el");
    if (place == NULL || place == (char *)-1 || rest == NULL || rest == (char *)-1) return;
    for (int row = 0; row < height && collected_length + 256 < sizeof collected; row++) {
        tputs(tiparm(place, row, 0), 1, collect);
        tputs(rest, 1, collect);
    }
}

/// What was shown must stay behind in neither screen, and not in what scrolled off it.
static void prepare_farewell(void) {
    collected_length = 0;
    collect_capability("sgr0");
    collect_cleared_rows();
    collect_capability("clear");
    if (has_one_screen()) collect_text(forget_scrolled);
    collect_capability("cnorm");
    collect_capability("rmcup");
    restore_set_farewell(collected, collected_length);
}

static void hook_exit(void) {
    if (!has_exit_hook) atexit(restore_now);
    has_exit_hook = 1;
}

static void use_unicode(void) {
    setlocale(LC_CTYPE, "");
    // Over ssh the locale is often unset while the terminal does speak UTF-8.
    if (strcmp(nl_langinfo(CODESET), "UTF-8") != 0) setlocale(LC_CTYPE, "C.UTF-8");
}

int cncurses_open(void) {
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO)) return CNCURSES_NOT_A_TERMINAL;
    if (restore_remember_modes() != 0) return CNCURSES_NOT_A_TERMINAL;
    use_unicode();
    screen = newterm(NULL, stdout, stdin);
    if (screen == NULL) {
        restore_claim();
        return CNCURSES_UNKNOWN_TERMINAL;
    }
    prepare_farewell();
    hook_exit();
    raw();
    noecho();
    nonl();
    curs_set(0);
    if (has_colors()) {
        start_color();
        use_default_colors();
    }
    return CNCURSES_OPENED;
}

int cncurses_open_raw(void) {
    if (!isatty(STDIN_FILENO) || restore_remember_modes() != 0) return CNCURSES_NOT_A_TERMINAL;
    use_unicode();
    // Lines stay in the terminal's memory, and with them a person's data: that goes too.
    static const char farewell[] = "\033[H\033[2J\033[3J";
    if (isatty(STDOUT_FILENO)) restore_set_farewell(farewell, sizeof farewell - 1);
    hook_exit();
    struct termios modes;
    if (tcgetattr(STDIN_FILENO, &modes) != 0) return CNCURSES_NOT_A_TERMINAL;
    modes.c_lflag &= ~(tcflag_t)(ICANON | ECHO | ISIG | IEXTEN);
    modes.c_iflag &= ~(tcflag_t)(IXON | ICRNL);
    modes.c_cc[VMIN] = 1;
    modes.c_cc[VTIME] = 0;
    tcsetattr(STDIN_FILENO, TCSANOW, &modes);
    return CNCURSES_OPENED;
}

void cncurses_close(void) {
    if (screen != NULL) {
        collected_length = 0;
        collect_cleared_rows();
        restore_write(collected, collected_length);
        erase();
        clearok(stdscr, TRUE);
        refresh();
        endwin();
        if (has_one_screen()) restore_write(forget_scrolled, forget_scrolled_length);
        delscreen(screen);
        screen = NULL;
        if (restore_claim()) restore_modes();
    } else {
        restore_now();
    }
}

int cncurses_colours(void) {
    return screen != NULL && has_colors() ? COLORS : 0;
}

void cncurses_put(int row, int column, const uint32_t *scalars, size_t count, int foreground, int background,
                  unsigned attributes) {
    wchar_t text[CCHARW_MAX + 1] = {0};
    if (count > CCHARW_MAX) count = CCHARW_MAX;
    for (size_t index = 0; index < count; index++) text[index] = (wchar_t)scalars[index];
    attr_t attribute = A_NORMAL;
    if (attributes & CNCURSES_BOLD) attribute |= A_BOLD;
    if (attributes & CNCURSES_UNDERLINED) attribute |= A_UNDERLINE;
    if (attributes & CNCURSES_REVERSED) attribute |= A_REVERSE;
    if (attributes & CNCURSES_DIM) attribute |= A_DIM;
    int pair = 0;
    if (cncurses_colours() > 0 && (foreground >= 0 || background >= 0)) {
        pair = alloc_pair(foreground, background);
        if (pair < 0) pair = 0;
    }
    cchar_t cell;
    if (setcchar(&cell, text, attribute, 0, &pair) == ERR) return;
    // At the last corner it paints and then answers that it cannot move on: no error for us.
    mvadd_wch(row, column, &cell);
}

void cncurses_flush(void) {
    refresh();
}

void cncurses_resize(int height, int width) {
    resizeterm(height, width);
    // There are other rows to clear now.
    prepare_farewell();
    erase();
    clearok(stdscr, TRUE);
}

int cncurses_size(int *height, int *width) {
    struct winsize size;
    if (ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_row == 0 || size.ws_col == 0) return -1;
    *height = size.ws_row;
    *width = size.ws_col;
    return 0;
}

const char *cncurses_key_sequence(const char *capability) {
    const char *text = tigetstr(capability);
    return text == (char *)-1 ? NULL : text;
}
