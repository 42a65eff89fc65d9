/*
 * The virtual STU-430 of stu430.h on the kernel's uhid, for the driver to be run against through the
 * real hidraw and the real hidapi.
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
#include <time.h>
#include <unistd.h>

#include "stu430.h"

static struct stu430 pad;
static int node;
static volatile sig_atomic_t ended;

static void stop(int number) { (void)number; ended = 1; }

static void send_event(struct uhid_event *event) {
    if (write(node, event, sizeof *event) < 0) { perror("uhid"); exit(1); }
}

static long milliseconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static void get(struct uhid_event *event) {
    struct uhid_event reply = {.type = UHID_GET_REPORT_REPLY};
    int length = stu430_get(&pad, event->u.get_report.rnum, reply.u.get_report_reply.data);
    reply.u.get_report_reply.id = event->u.get_report.id;
    reply.u.get_report_reply.size = length;
    if (!length) reply.u.get_report_reply.err = EPIPE;
    send_event(&reply);
}

static void set(struct uhid_event *event) {
    struct uhid_event reply = {.type = UHID_SET_REPORT_REPLY};
    reply.u.set_report_reply.id = event->u.set_report.id;
    if (!stu430_set(&pad, event->u.set_report.data, event->u.set_report.size)) reply.u.set_report_reply.err = EPIPE;
    send_event(&reply);
}

static void destroy(void) {
    struct uhid_event event = {.type = UHID_DESTROY};
    send_event(&event);
}

int main(int count, char **argument) {
    if (count < 3 || !stu430_load(&pad, argument[1], argument[2])) return 2;
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
    create.u.create2.rd_size = stu430_descriptor(create.u.create2.rd_data);
    send_event(&create);
    long due = 0;
    int playing = -1;
    while (!ended) {
        if (pad.next != playing && pad.next == 0) due = milliseconds() + pad.script[0].wait;
        playing = pad.next;
        int wait = -1;
        if (pad.next >= 0 && pad.next < pad.lines) wait = due > milliseconds() ? (int)(due - milliseconds()) : 0;
        struct pollfd events = {.fd = node, .events = POLLIN};
        int ready = poll(&events, 1, wait);
        if (ready > 0) {
            struct uhid_event event;
            if (read(node, &event, sizeof event) < 0) break;
            if (event.type == UHID_GET_REPORT) get(&event);
            if (event.type == UHID_SET_REPORT) set(&event);
        } else if (ready == 0 && pad.next >= 0 && pad.next < pad.lines) {
            struct stu430_line *line = &pad.script[pad.next++];
            struct uhid_event event = {.type = UHID_INPUT2};
            event.u.input2.size = line->length;
            memcpy(event.u.input2.data, line->bytes, line->length);
            send_event(&event);
            if (pad.next < pad.lines) due += pad.script[pad.next].wait;
            playing = pad.next;
            if (++sent == unplug_after) {
                stu430_note(&pad, "unplugged", NULL, 0);
                destroy();
                while (!ended) pause();
                return 0;
            }
        }
    }
    destroy();
    return 0;
}
