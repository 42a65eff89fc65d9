#include "CSQLiteMemory.h"
#include "reserve.h"

#include <limits.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdatomic.h>
#include <string.h>

// Earlier reserves of which SQLite still holds something, at most; each was taken when memory came back after a
// shortage. Who has more of them than this had better begin anew.
#define EARLIER 7

static sqlite3_mem_methods from_system;
static bool is_installed;

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;
// The first is the one that serves, if there is any.
static struct csqlitememory_reserve *reserves;

static atomic_bool is_touched, is_pretending;
static atomic_size_t capacity, most_used, refusals;
// Nothing outside of these is in a reserve: what keeps the way of each block back to the system short.
static atomic_uintptr_t lowest = UINTPTR_MAX, highest;

// --- the system's side

static void *ask(size_t count) {
    if (count > INT_MAX || atomic_load_explicit(&is_pretending, memory_order_relaxed)) return NULL;
    return from_system.xMalloc((int)count);
}

static bool may_be_reserved(const void *bytes) {
    uintptr_t at = (uintptr_t)bytes;
    return at >= atomic_load_explicit(&lowest, memory_order_acquire) &&
           at < atomic_load_explicit(&highest, memory_order_acquire);
}

// --- the reserves; all of them with the turn

static void find_bounds(void) {
    uintptr_t low = UINTPTR_MAX, high = 0;
    for (struct csqlitememory_reserve *reserve = reserves; reserve; reserve = reserve->next) {
        uintptr_t begin = (uintptr_t)reserve->bytes, end = begin + reserve->size;
        if (begin < low) low = begin;
        if (end > high) high = end;
    }
    atomic_store_explicit(&lowest, low, memory_order_release);
    atomic_store_explicit(&highest, high, memory_order_release);
}

static struct csqlitememory_reserve *holder(const void *bytes) {
    if (!may_be_reserved(bytes)) return NULL;
    struct csqlitememory_reserve *reserve = reserves;
    while (reserve && !csqlitememory_reserve_holds(reserve, bytes)) reserve = reserve->next;
    return reserve;
}

/// Gives those that hold nothing any more back to the system, the first too where it is not to serve.
///
/// Returns how many are left.
static size_t drop_empty(bool with_first) {
    size_t left = 0;
    struct csqlitememory_reserve **place = &reserves;
    while (*place) {
        struct csqlitememory_reserve *reserve = *place;
        if (reserve->blocks || (reserve == reserves && !with_first)) {
            left++;
            place = &reserve->next;
            continue;
        }
        *place = reserve->next;
        from_system.xFree(reserve);
    }
    find_bounds();
    return left;
}

static void *take(size_t count) {
    pthread_mutex_lock(&turn);
    atomic_store(&is_touched, true);
    // Without a capacity none serves: what is there is only held.
    void *bytes = reserves && atomic_load(&capacity) ? csqlitememory_reserve_take(reserves, count) : NULL;
    if (!bytes) {
        atomic_fetch_add(&refusals, 1);
    } else if (reserves->used > atomic_load(&most_used)) {
        atomic_store(&most_used, reserves->used);
    }
    pthread_mutex_unlock(&turn);
    return bytes;
}

// --- what SQLite calls

static void *allocate(int count) {
    void *bytes = ask((size_t)count);
    return bytes ? bytes : take((size_t)count);
}

static void release(void *bytes) {
    if (!bytes) return;
    if (may_be_reserved(bytes)) {
        pthread_mutex_lock(&turn);
        struct csqlitememory_reserve *reserve = holder(bytes);
        if (reserve) {
            csqlitememory_reserve_give(reserve, bytes);
            if (reserve != reserves && !reserve->blocks) drop_empty(false);
        }
        pthread_mutex_unlock(&turn);
        if (reserve) return;
    }
    from_system.xFree(bytes);
}

/// Whether a block lies in a reserve, and then how many bytes it has.
static bool is_reserved(void *bytes, size_t *size) {
    if (!may_be_reserved(bytes)) return false;
    pthread_mutex_lock(&turn);
    bool is_so = holder(bytes) != NULL;
    if (is_so) *size = csqlitememory_reserve_size(bytes);
    pthread_mutex_unlock(&turn);
    return is_so;
}

static int size_of(void *bytes) {
    size_t size = 0;
    if (!bytes) return 0;
    return is_reserved(bytes, &size) ? (int)size : from_system.xSize(bytes);
}

/// From one block into another; `bytes` where it stays as it is, NULL where there is no other.
///
/// The system is asked first, even for what lies in a reserve, so that a reserve empties as soon as it may.
static void *move(void *bytes, size_t held, size_t count, bool is_reserved) {
    void *moved = is_reserved ? ask(count) : NULL;
    if (!moved && is_reserved && count <= held) return bytes;
    if (!moved) moved = take(count);
    if (!moved) return NULL;
    memcpy(moved, bytes, held < count ? held : count);
    release(bytes);
    return moved;
}

static void *allocate_again(void *bytes, int count) {
    size_t held = 0;
    if (!bytes) return allocate(count);
    if (is_reserved(bytes, &held)) return move(bytes, held, (size_t)count, true);
    bool refuses = atomic_load_explicit(&is_pretending, memory_order_relaxed);
    void *grown = refuses ? NULL : from_system.xRealloc(bytes, count);
    return grown ? grown : move(bytes, (size_t)from_system.xSize(bytes), (size_t)count, false);
}

__attribute__((constructor)) static void install(void) {
    if (sqlite3_config(SQLITE_CONFIG_GETMALLOC, &from_system) != SQLITE_OK) return;
    sqlite3_mem_methods methods = from_system;
    methods.xMalloc = allocate;
    methods.xFree = release;
    methods.xRealloc = allocate_again;
    methods.xSize = size_of;
    is_installed = sqlite3_config(SQLITE_CONFIG_MALLOC, &methods) == SQLITE_OK;
}

// --- what we call

bool csqlitememory_is_installed(void) { return is_installed; }

/// With the turn. Asks the system for as much as is to be kept: whether it is given says whether there is memory again.
static bool renew(size_t bytes) {
    bool is_whole = reserves && !reserves->blocks;
    void *room = bytes ? ask(csqlitememory_reserve_room(bytes)) : NULL;
    if (bytes && !room) return false;
    if (room && is_whole && reserves->size >= bytes) {
        from_system.xFree(room);
    } else if (room) {
        if (drop_empty(true) > EARLIER) {
            from_system.xFree(room);
            // The one that served may be among those that were given back.
            atomic_store(&capacity, 0);
            return false;
        }
        struct csqlitememory_reserve *reserve = csqlitememory_reserve_begin(room, bytes);
        reserve->next = reserves;
        reserves = reserve;
        find_bounds();
    } else {
        drop_empty(true);
    }
    atomic_store(&capacity, bytes ? reserves->size : 0);
    atomic_store(&is_touched, false);
    return true;
}

bool csqlitememory_prepare(size_t bytes) {
    if (!is_installed) return false;
    bool was_touched = atomic_load_explicit(&is_touched, memory_order_acquire);
    size_t held = atomic_load_explicit(&capacity, memory_order_acquire);
    if (!was_touched && bytes && bytes <= held) return true;
    pthread_mutex_lock(&turn);
    bool is_ready = renew(bytes);
    pthread_mutex_unlock(&turn);
    return is_ready;
}

bool csqlitememory_is_touched(void) { return atomic_load(&is_touched); }
size_t csqlitememory_most_used(void) { return atomic_exchange(&most_used, 0); }

size_t csqlitememory_reserves(void) {
    size_t count = 0;
    pthread_mutex_lock(&turn);
    for (struct csqlitememory_reserve *reserve = reserves; reserve; reserve = reserve->next) count++;
    pthread_mutex_unlock(&turn);
    return count;
}

size_t csqlitememory_refusals(void) { return atomic_load(&refusals); }
void csqlitememory_pretend_shortage(bool is_on) { atomic_store(&is_pretending, is_on); }
size_t csqlitememory_most_held(void) { return (size_t)sqlite3_memory_highwater(true); }
