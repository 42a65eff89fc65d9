#include <string.h>
#include <tss2/tss2_common.h>
#include <tss2/tss2_esys.h>
#include <tss2/tss2_sys.h>
#include <tss2/tss2_tctildr.h>
#include <tss2/tss2_tpm2_types.h>

/* Zeroes the part of the stack that calls made before it have used: the library keeps what it decrypts in
   variables there. No call of it was seen to need a quarter of this. */
__attribute__((noinline)) static void ctss_zero_used_stack(void) {
    unsigned char used[65536];
    explicit_bzero(used, sizeof used);
}
