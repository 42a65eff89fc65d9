#include "reserve.h"

#include <string.h>

// In front of each block; as long as malloc's own alignment.
struct block {
    size_t size;
    size_t is_used;
};

#define HEAD sizeof(struct block)
#define ROUNDED(count) (((count) + 15) & ~(size_t)15)

size_t csqlitememory_reserve_room(size_t size) { return ROUNDED(sizeof(struct csqlitememory_reserve)) + ROUNDED(size); }

struct csqlitememory_reserve *csqlitememory_reserve_begin(void *room, size_t size) {
    memset(room, 0, csqlitememory_reserve_room(size));
    struct csqlitememory_reserve *reserve = room;
    reserve->size = ROUNDED(size);
    reserve->bytes = (unsigned char *)room + ROUNDED(sizeof *reserve);
    if (reserve->size > HEAD) ((struct block *)reserve->bytes)->size = reserve->size - HEAD;
    return reserve;
}

bool csqlitememory_reserve_holds(const struct csqlitememory_reserve *reserve, const void *bytes) {
    uintptr_t at = (uintptr_t)bytes, begin = (uintptr_t)reserve->bytes;
    return at >= begin && at - begin < reserve->size;
}

static struct block *after(const struct csqlitememory_reserve *reserve, struct block *block) {
    unsigned char *next = (unsigned char *)block + HEAD + block->size;
    return next + HEAD < reserve->bytes + reserve->size ? (struct block *)next : NULL;
}

void *csqlitememory_reserve_take(struct csqlitememory_reserve *reserve, size_t count) {
    if (count > reserve->size || reserve->size <= HEAD) return NULL;
    size_t wanted = ROUNDED(count ? count : 1);
    for (struct block *block = (struct block *)reserve->bytes; block; block = after(reserve, block)) {
        if (block->is_used) continue;
        for (struct block *next = after(reserve, block); next && !next->is_used; next = after(reserve, block)) {
            block->size += HEAD + next->size;
        }
        if (block->size < wanted) continue;
        // A rest that holds nothing stays with the block.
        if (block->size - wanted > HEAD) {
            struct block *rest = (struct block *)((unsigned char *)block + HEAD + wanted);
            rest->size = block->size - wanted - HEAD;
            rest->is_used = 0;
            block->size = wanted;
        }
        block->is_used = 1;
        reserve->used += HEAD + block->size;
        reserve->blocks++;
        return (unsigned char *)block + HEAD;
    }
    return NULL;
}

void csqlitememory_reserve_give(struct csqlitememory_reserve *reserve, void *bytes) {
    struct block *block = (struct block *)((unsigned char *)bytes - HEAD);
    memset(bytes, 0, block->size);
    block->is_used = 0;
    reserve->used -= HEAD + block->size;
    reserve->blocks--;
}

size_t csqlitememory_reserve_size(const void *bytes) {
    return ((const struct block *)((const unsigned char *)bytes - HEAD))->size;
}
