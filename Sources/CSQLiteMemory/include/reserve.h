#ifndef CSQLITEMEMORY_RESERVE_H
#define CSQLITEMEMORY_RESERVE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// One stretch of memory, and the blocks in it: first fit, neighbours that are free joined when one is looked for. It
// is used while the system gives nothing, so it may be slow; it takes no lock.
struct csqlitememory_reserve {
    struct csqlitememory_reserve *next;
    size_t size, used, blocks;
    unsigned char *bytes;
};

/// The room that a reserve of `size` bytes needs.
size_t csqlitememory_reserve_room(size_t size);

/// Begins a reserve in its room. Every page of it is written, so that none is asked of the kernel when there is none.
struct csqlitememory_reserve *csqlitememory_reserve_begin(void *room, size_t size);

bool csqlitememory_reserve_holds(const struct csqlitememory_reserve *reserve, const void *bytes);

/// NULL when no piece of it is large enough.
void *csqlitememory_reserve_take(struct csqlitememory_reserve *reserve, size_t count);

/// Gives a block back, overwritten with zeroes.
void csqlitememory_reserve_give(struct csqlitememory_reserve *reserve, void *bytes);

/// How many bytes a block has.
size_t csqlitememory_reserve_size(const void *bytes);

#endif
