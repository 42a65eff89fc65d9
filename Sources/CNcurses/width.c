#define _GNU_SOURCE
#include "CNcurses.h"

#include <locale.h>
#include <pthread.h>
#include <wchar.h>

static locale_t unicode;
static pthread_once_t made = PTHREAD_ONCE_INIT;

static void make_unicode(void) {
    unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", (locale_t)0);
}

int cncurses_column_width(uint32_t scalar) {
    if (scalar < 0x20 || (scalar >= 0x7F && scalar < 0xA0)) return -1;
    if (scalar < 0x7F) return 1;
    pthread_once(&made, make_unicode);
    if (unicode == (locale_t)0) return 1;
    locale_t before = uselocale(unicode);
    int width = wcwidth((wchar_t)scalar);
    uselocale(before);
    return width;
}
