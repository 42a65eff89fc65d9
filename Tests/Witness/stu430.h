/*
 * A virtual STU-430: what the pad answers, apart from how it is attached. It shares nothing with the
 * emulator in Sources/DeviceEmulation: its report descriptor, lengths and values are the documented
 * facts about the pad. stu430_pad.c attaches it to the kernel's uhid, virtual_kit.c to umockdev.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* One input report, and the milliseconds that the pad waits before it. */
struct stu430_line { int wait; unsigned char bytes[32]; int length; };

struct stu430 {
    struct stu430_line script[8192];
    int lines;
    int next;       /* the line that is to be played, -1 while the pad does not ink */
    unsigned char inking, option, last_result, status;
    FILE *record;   /* one line for each report that the driver sets or gets */
};

static const struct { unsigned char id; int after; }
    stu430_inputs[] = {{0x01, 6}, {0x10, 16}, {0x33, 16}, {0x34, 10}, {0x50, 16}},
    stu430_features[] = {
        {0x03, 4}, {0x04, 1}, {0x08, 16}, {0x09, 16}, {0x0A, 4}, {0x0B, 10}, {0x15, 4}, {0x16, 1},
        {0x20, 1}, {0x21, 1}, {0x22, 4}, {0x23, 10}, {0x24, 10}, {0x25, 1}, {0x26, 255}, {0x27, 1},
        {0x28, 3}, {0x2A, 8}, {0x2D, 4}, {0x2F, 1}, {0x32, 1}, {0x40, 67}, {0x50, 16}};

static int stu430_field(unsigned char *d, unsigned char id, int count, int kind) {
    unsigned char bytes[] = {0x85, id, 0x06, 0x00, 0xFF, 0x09, id, 0x95, (unsigned char)count, (unsigned char)kind, 0x02};
    memcpy(d, bytes, sizeof bytes);
    return sizeof bytes;
}

/* Writes the report descriptor, at most 1024 bytes, and gives its length. */
static int stu430_descriptor(unsigned char *d) {
    static const unsigned char head[] = {0x05, 0x0D, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08};
    int n = sizeof head;
    memcpy(d, head, sizeof head);
    for (size_t i = 0; i < sizeof stu430_inputs / sizeof *stu430_inputs; i++)
        n += stu430_field(d + n, stu430_inputs[i].id, stu430_inputs[i].after, 0x81);
    for (size_t i = 0; i < sizeof stu430_features / sizeof *stu430_features; i++)
        n += stu430_field(d + n, stu430_features[i].id, stu430_features[i].after, 0xB1);
    d[n++] = 0xC0;
    return n;
}

/* Reads SCRIPT, one input report a line: milliseconds to wait, then the report in hex. 0 when it is none. */
static int stu430_load(struct stu430 *pad, const char *script, const char *log) {
    FILE *file = fopen(script, "r");
    pad->record = fopen(log, "w");
    pad->next = -1;
    pad->inking = 1;
    if (!file || !pad->record) return 0;
    char text[512];
    while (fgets(text, sizeof text, file) && pad->lines < 8192) {
        struct stu430_line *line = &pad->script[pad->lines++];
        int used = 0, step;
        unsigned value;
        if (sscanf(text, "%d%n", &line->wait, &used) != 1) return 0;
        for (char *at = text + used; line->length < 32 && sscanf(at, " %2x%n", &value, &step) == 1; at += step)
            line->bytes[line->length++] = (unsigned char)value;
    }
    fclose(file);
    return 1;
}

static void stu430_note(struct stu430 *pad, const char *verb, const unsigned char *bytes, int length) {
    fprintf(pad->record, "%s", verb);
    for (int i = 0; i < length && i < 20; i++) fprintf(pad->record, " %02x", bytes[i]);
    fputc('\n', pad->record);
    fflush(pad->record);
}

static int stu430_length(unsigned char id) {
    for (size_t i = 0; i < sizeof stu430_features / sizeof *stu430_features; i++)
        if (stu430_features[i].id == id) return stu430_features[i].after + 1;
    return 0;
}

/* Fills `d`, at least 256 bytes, with feature report `id` and gives its length; 0 stalls. */
static int stu430_get(struct stu430 *pad, unsigned char id, unsigned char *d) {
    static const unsigned char information[17] = {8, 'S', 'T', 'U', '-', '4', '3', '0', 0, 0, 1, 3};
    static const unsigned char capability[17] = {9, 0x25, 0x80, 0x17, 0x70, 3, 0xFF, 1, 0x40, 0, 0xC8, 0xC8, 9, 0xEC, 2, 0, 0};
    static const unsigned char uid2[11] = "\x0bWTNS000430";
    int length = stu430_length(id);
    memset(d, 0, 256);
    switch (id) {
    case 0x03: d[1] = pad->status; d[2] = pad->last_result; break;
    case 0x08: memcpy(d, information, sizeof information); break;
    case 0x09: memcpy(d, capability, sizeof capability); break;
    case 0x0B: memcpy(d, uid2, sizeof uid2); break;
    case 0x21: d[1] = pad->inking; break;
    case 0x22: d[1] = 21; d[3] = 16; break;
    case 0x32: d[1] = pad->option; break;
    default: length = 0;
    }
    d[0] = id;
    stu430_note(pad, "get", d, length ? length : 1);
    return length;
}

/* Takes a feature report; 0 stalls. Inking that goes on starts the script, inking that goes off ends it. */
static int stu430_set(struct stu430 *pad, const unsigned char *d, int length) {
    stu430_note(pad, "set", d, length);
    if (length < 2 || length != stu430_length(d[0])) return 0;
    pad->last_result = 0;
    switch (d[0]) {
    case 0x04: pad->inking = 1; pad->option = 0; pad->status = 0; break;
    case 0x16: if (pad->status == 2) pad->status = 0; else pad->last_result = 2; break;
    case 0x20: if (pad->status != 0) pad->last_result = 2; break;
    case 0x27: if (pad->status == 1) pad->status = 0; else pad->last_result = 2; break;
    case 0x32: pad->option = d[1]; break;
    case 0x21:
        if (d[1] && !pad->inking) pad->next = 0;
        if (!d[1]) pad->next = -1;
        pad->inking = d[1];
        break;
    }
    return length;
}
