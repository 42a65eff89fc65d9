/*
 * A virtual STU-430 on the kernel's uhid, for the driver to be run against through the real hidraw
 * and the real hidapi. It shares nothing with the emulator in Sources/DeviceEmulation: its report
 * descriptor, lengths and values are the documented facts about the pad.
 *
 *   stu430_pad SCRIPT LOG [UNPLUG_AFTER]
 *
 * SCRIPT holds one input report a line: milliseconds to wait, then the report in hex. It is played
 * each time that inking goes on. With UNPLUG_AFTER the device vanishes after so many reports. LOG gets one line
 * for each report that the driver sets or gets. Ends on SIGTERM.
 */
#include <errno.h>
#include <fcntl.h>
#include <linux/uhid.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct line { int wait; unsigned char bytes[32]; int length; };

static struct line script[8192];
static int lines, next_line = -1;
static int node;
static FILE *record;
static unsigned char inking = 1, option, last_result, status;
static volatile sig_atomic_t ended;

static const struct { unsigned char id; int after; } inputs[] = {{0x01, 6}, {0x10, 16}, {0x33, 16}, {0x34, 10}, {0x50, 16}};
static const struct { unsigned char id; int after; } features[] = {
    {0x03, 4}, {0x04, 1}, {0x08, 16}, {0x09, 16}, {0x0A, 4}, {0x0B, 10}, {0x15, 4}, {0x16, 1},
    {0x20, 1}, {0x21, 1}, {0x22, 4}, {0x23, 10}, {0x24, 10}, {0x25, 1}, {0x26, 255}, {0x27, 1},
    {0x28, 3}, {0x2A, 8}, {0x2D, 4}, {0x2F, 1}, {0x32, 1}, {0x40, 67}, {0x50, 16}};

static void stop(int number) { (void)number; ended = 1; }

static int field(unsigned char *d, unsigned char id, int count, int kind) {
    unsigned char bytes[] = {0x85, id, 0x06, 0x00, 0xFF, 0x09, id, 0x95, (unsigned char)count, (unsigned char)kind, 0x02};
    memcpy(d, bytes, sizeof bytes);
    return sizeof bytes;
}

static int descriptor(unsigned char *d) {
    static const unsigned char head[] = {0x05, 0x0D, 0x09, 0x01, 0xA1, 0x01, 0x15, 0x00, 0x26, 0xFF, 0x00, 0x75, 0x08};
    int n = sizeof head;
    memcpy(d, head, sizeof head);
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) n += field(d + n, inputs[i].id, inputs[i].after, 0x81);
    for (size_t i = 0; i < sizeof features / sizeof *features; i++) n += field(d + n, features[i].id, features[i].after, 0xB1);
    d[n++] = 0xC0;
    return n;
}

static void send_event(struct uhid_event *event) {
    if (write(node, event, sizeof *event) < 0) { perror("uhid"); exit(1); }
}

static long milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void note(const char *verb, const unsigned char *bytes, int length) {
    fprintf(record, "%s", verb);
    for (int i = 0; i < length && i < 20; i++) fprintf(record, " %02x", bytes[i]);
    fputc('\n', record);
    fflush(record);
}

static int length_of(unsigned char id) {
    for (size_t i = 0; i < sizeof features / sizeof *features; i++)
        if (features[i].id == id) return features[i].after + 1;
    return 0;
}

static void get(struct uhid_event *event) {
    static const unsigned char information[17] = {8, 'S', 'T', 'U', '-', '4', '3', '0', 0, 0, 1, 3};
    static const unsigned char capability[17] = {9, 0x25, 0x80, 0x17, 0x70, 3, 0xFF, 1, 0x40, 0, 0xC8, 0xC8, 9, 0xEC, 2, 0, 0};
    static const unsigned char uid2[11] = "\x0bWTNS000430";
    unsigned char id = event->u.get_report.rnum;
    struct uhid_event reply = {.type = UHID_GET_REPORT_REPLY};
    unsigned char *d = reply.u.get_report_reply.data;
    reply.u.get_report_reply.id = event->u.get_report.id;
    reply.u.get_report_reply.size = length_of(id);
    switch (id) {
    case 0x03: d[1] = status; d[2] = last_result; break;
    case 0x08: memcpy(d, information, sizeof information); break;
    case 0x09: memcpy(d, capability, sizeof capability); break;
    case 0x0B: memcpy(d, uid2, sizeof uid2); break;
    case 0x21: d[1] = inking; break;
    case 0x22: d[1] = 21; d[3] = 16; break;
    case 0x32: d[1] = option; break;
    default: reply.u.get_report_reply.err = EPIPE;
    }
    d[0] = id;
    note("get", d, reply.u.get_report_reply.err ? 1 : reply.u.get_report_reply.size);
    send_event(&reply);
}

static void set(struct uhid_event *event) {
    unsigned char *d = event->u.set_report.data, id = d[0];
    int length = event->u.set_report.size;
    struct uhid_event reply = {.type = UHID_SET_REPORT_REPLY};
    reply.u.set_report_reply.id = event->u.set_report.id;
    note("set", d, length);
    if (!length_of(id) || length != length_of(id)) {
        reply.u.set_report_reply.err = EPIPE;
        send_event(&reply);
        return;
    }
    last_result = 0;
    switch (id) {
    case 0x04: inking = 1; option = 0; status = 0; break;
    case 0x16: if (status == 2) status = 0; else last_result = 2; break;
    case 0x20: if (status != 0) last_result = 2; break;
    case 0x27: if (status == 1) status = 0; else last_result = 2; break;
    case 0x32: option = d[1]; break;
    case 0x21:
        if (d[1] && !inking) next_line = 0;
        if (!d[1]) next_line = -1;
        inking = d[1];
        break;
    }
    send_event(&reply);
}

static void destroy(void) {
    struct uhid_event event = {.type = UHID_DESTROY};
    send_event(&event);
}

int main(int count, char **argument) {
    if (count < 3) return 2;
    FILE *file = fopen(argument[1], "r");
    record = fopen(argument[2], "w");
    if (!file || !record) return 2;
    char text[512];
    while (fgets(text, sizeof text, file) && lines < 8192) {
        struct line *l = &script[lines++];
        int used = 0;
        if (sscanf(text, "%d%n", &l->wait, &used) != 1) return 2;
        unsigned value;
        int step;
        for (char *at = text + used; l->length < 32 && sscanf(at, " %2x%n", &value, &step) == 1; at += step)
            l->bytes[l->length++] = value;
    }
    int unplug_after = count > 3 ? atoi(argument[3]) : -1, sent = 0;
    signal(SIGTERM, stop);
    node = open("/dev/uhid", O_RDWR | O_CLOEXEC);
    if (node < 0) { perror("/dev/uhid"); return 1; }
    struct uhid_event create = {.type = UHID_CREATE2};
    strcpy((char *)create.u.create2.name, "Wacom Co.,Ltd. STU-430");
    strcpy((char *)create.u.create2.uniq, "TEST000001");
    create.u.create2.bus = 3;
    create.u.create2.vendor = 0x056A;
    create.u.create2.product = 0x00A4;
    create.u.create2.rd_size = descriptor(create.u.create2.rd_data);
    send_event(&create);
    long due = 0;
    int playing = -1;
    while (!ended) {
        if (next_line != playing && next_line == 0) due = milliseconds() + script[0].wait;
        playing = next_line;
        int wait = -1;
        if (next_line >= 0 && next_line < lines) wait = due > milliseconds() ? (int)(due - milliseconds()) : 0;
        struct pollfd events = {.fd = node, .events = POLLIN};
        int ready = poll(&events, 1, wait);
        if (ready > 0) {
            struct uhid_event event;
            if (read(node, &event, sizeof event) < 0) break;
            if (event.type == UHID_GET_REPORT) get(&event);
            if (event.type == UHID_SET_REPORT) set(&event);
        } else if (ready == 0 && next_line >= 0 && next_line < lines) {
            struct line *l = &script[next_line++];
            struct uhid_event event = {.type = UHID_INPUT2};
            event.u.input2.size = l->length;
            memcpy(event.u.input2.data, l->bytes, l->length);
            send_event(&event);
            if (next_line < lines) due += script[next_line].wait;
            playing = next_line;
            if (++sent == unplug_after) {
                note("unplugged", NULL, 0);
                destroy();
                while (!ended) pause();
                return 0;
            }
        }
    }
    destroy();
    return 0;
}
