/*
 * A kit's USB devices for one program, without a kernel that knows of them: a recorded session of a real
 * U.are.U 4500, and the virtual STU-430 of stu430.h on a hidraw node. The program reaches both through
 * the real libusb and hidapi; libumockdev stands in for the kernel.
 *
 *   virtual_kit RECORDING SCRIPT LOG COMMAND...
 *
 * RECORDING is a folder with umockdev's `device` and `capture.pcapng`; `-` leaves the scanner out. It
 * replays one session: the bytes that go out must be the recorded ones. SCRIPT and LOG are the pad's, as
 * stu430_pad.c has them. Ends with the command, with its exit status.
 *
 *   gcc virtual_kit.c $(pkg-config --cflags --libs umockdev-1.0) -lpthread
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <linux/hidraw.h>
#include <pthread.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <umockdev.h>
#include <unistd.h>

#include "stu430.h"

#define USB "/devices/pci0000:00/0000:00:14.0/usb1/1-11"
#define HID USB "/1-11:1.0/0003:056A:00A4.0001"
#define RAW HID "/hidraw/hidraw0"

/* hidapi looks for the link `device`, which umockdev does not make by itself. */
static const char *const pad_devices =
    "P: " USB "\nN: bus/usb/001/051\nE: DEVTYPE=usb_device\nE: SUBSYSTEM=usb\nE: PRODUCT=56a/a4/100\n"
    "A: busnum=1\\n\nA: devnum=51\\n\nA: speed=12\\n\nA: bConfigurationValue=1\\n\n"
    "A: idVendor=056a\\n\nA: idProduct=00a4\\n\nA: bcdDevice=0100\\n\nA: manufacturer=Wacom Co.,Ltd.\\n\n"
    "A: product=STU-430\\n\nA: serial=TEST000001\\n\n"
    "H: descriptors=12010002000000406A05A4000001010203010902220001010080320904000001030000000921100100012200000705810340000A\n\n"
    "P: " USB "/1-11:1.0\nE: DEVTYPE=usb_interface\nE: SUBSYSTEM=usb\nA: bInterfaceNumber=00\\n\n\n"
    "P: " HID "\nE: SUBSYSTEM=hid\nE: HID_ID=0003:0000056A:000000A4\nE: HID_NAME=Wacom Co.,Ltd. STU-430\n"
    "E: HID_PHYS=usb-0000:00:14.0-11/input0\nE: HID_UNIQ=TEST000001\n\n"
    "P: " RAW "\nN: hidraw0\nL: device=../../../0003:056A:00A4.0001\nE: DEVNAME=/dev/hidraw0\nE: SUBSYSTEM=hidraw\n"
    "E: MAJOR=241\nE: MINOR=0\n\n";

static struct stu430 pad;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static pthread_cond_t changed;
static unsigned char descriptor[1024];
static int descriptor_length;
static int node;

static void fail(const char *what, const char *why) {
    fprintf(stderr, "virtual_kit: %s: %s\n", what, why);
    exit(125);
}

/* The control traffic of the hidraw node. Called on umockdev's own thread. */
static gboolean on_ioctl(UMockdevIoctlBase *base, UMockdevIoctlClient *client, gpointer nothing) {
    (void)base; (void)nothing;
    gulong request = umockdev_ioctl_client_get_request(client);
    int size = _IOC_SIZE(request);
    if (_IOC_TYPE(request) != 'H') return FALSE;
    UMockdevIoctlData *data = umockdev_ioctl_data_resolve(umockdev_ioctl_client_get_arg(client), 0, size, NULL);
    if (!data) { umockdev_ioctl_client_complete(client, -1, EFAULT); return TRUE; }
    unsigned char report[256];
    int result = -1;
    pthread_mutex_lock(&lock);
    switch (_IOC_NR(request)) {
    case 0x01: *(int *)data->data = descriptor_length; result = 0; break;
    case 0x02: memcpy(((struct hidraw_report_descriptor *)data->data)->value, descriptor, descriptor_length); result = 0; break;
    case 0x06: if (stu430_set(&pad, data->data, size)) result = size; break;
    case 0x07:
        result = stu430_get(&pad, data->data[0], report);
        if (result > size) result = size;
        if (result) memcpy(data->data, report, result); else result = -1;
        break;
    }
    /* What a closed node held is not there for the one who opens it next. */
    if (pad.next < 0) while (read(node, report, sizeof report) > 0) {}
    pthread_cond_signal(&changed);
    pthread_mutex_unlock(&lock);
    umockdev_ioctl_client_complete(client, result, result < 0 ? EPIPE : 0);
    return TRUE;
}

static struct timespec later(struct timespec time, long nanoseconds) {
    time.tv_nsec += nanoseconds % 1000000000;
    time.tv_sec += nanoseconds / 1000000000 + time.tv_nsec / 1000000000;
    time.tv_nsec %= 1000000000;
    return time;
}

/* The pen: plays the script at the pad's own pace whenever it inks. A reader that is late loses nothing,
   since a machine that is busy with other things must not look like a driver that drops reports. */
static void *pen(void *nothing) {
    (void)nothing;
    struct timespec due = {0, 0};
    pthread_mutex_lock(&lock);
    for (;;) {
        while (pad.next < 0 || pad.next >= pad.lines) pthread_cond_wait(&changed, &lock);
        struct stu430_line *line = &pad.script[pad.next];
        int playing = pad.next, is_full = 0;
        if (playing == 0) clock_gettime(CLOCK_MONOTONIC, &due);
        due = later(due, line->wait * 1000000L);
        do {
            if (is_full) due = later(due, 1000000);
            while (pad.next == playing && pthread_cond_timedwait(&changed, &lock, &due) != ETIMEDOUT) {}
            if (pad.next != playing) break;
            is_full = write(node, line->bytes, line->length) < 0;
            if (is_full && errno != EAGAIN) fail("hidraw0", strerror(errno));
        } while (is_full);
        if (pad.next == playing) pad.next++;
    }
    return NULL;
}

static void add_scanner(UMockdevTestbed *bed, const char *folder) {
    char line[512] = "";
    GError *error = NULL;
    g_autofree char *device = g_build_filename(folder, "device", NULL);
    g_autofree char *recording = g_build_filename(folder, "capture.pcapng", NULL);
    FILE *file = fopen(device, "r");
    if (!file || !fgets(line, sizeof line, file) || strncmp(line, "P: ", 3)) fail(device, "no device description");
    fclose(file);
    g_autofree char *path = g_strconcat("/sys", g_strchomp(line + 3), NULL);
    if (!umockdev_testbed_add_from_file(bed, device, &error)) fail(device, error->message);
    if (!umockdev_testbed_load_pcap(bed, path, recording, &error)) fail(recording, error->message);
}

/* umockdev makes the node a terminal, which runs reports together. A pipe in packet mode keeps them apart,
   and holds 64 of them, as hidraw does. */
static void add_node(UMockdevTestbed *bed) {
    g_autofree char *root = umockdev_testbed_get_root_dir(bed);
    g_autofree char *path = g_build_filename(root, "dev", "hidraw0", NULL);
    unlink(path);
    if (mkfifo(path, 0600)) fail("hidraw0", strerror(errno));
    node = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
    if (node < 0 || fcntl(node, F_SETFL, O_NONBLOCK | O_DIRECT) || fcntl(node, F_SETPIPE_SZ, 64 * getpagesize()) < 0)
        fail("hidraw0", strerror(errno));
}

static void add_pad(UMockdevTestbed *bed) {
    GError *error = NULL;
    descriptor_length = stu430_descriptor(descriptor);
    if (!umockdev_testbed_add_from_string(bed, pad_devices, &error)) fail("pad", error->message);
    umockdev_testbed_set_attribute_binary(bed, "/sys" HID, "report_descriptor", descriptor, descriptor_length);
    UMockdevIoctlBase *handler = umockdev_ioctl_base_new();
    g_signal_connect(handler, "handle-ioctl", G_CALLBACK(on_ioctl), NULL);
    if (!umockdev_testbed_attach_ioctl(bed, "/dev/hidraw0", handler, &error)) fail("pad", error->message);
    add_node(bed);
}

static int ended = -1;
static void command_ended(GPid process, gint status, gpointer loop) {
    (void)process;
    ended = status;
    g_main_loop_quit(loop);
}

int main(int count, char **argument) {
    if (count < 5 || !stu430_load(&pad, argument[2], argument[3])) {
        fputs("usage: virtual_kit RECORDING SCRIPT LOG COMMAND...\n", stderr);
        return 125;
    }
    pthread_condattr_t monotonic;
    pthread_condattr_init(&monotonic);
    pthread_condattr_setclock(&monotonic, CLOCK_MONOTONIC);
    pthread_cond_init(&changed, &monotonic);
    UMockdevTestbed *bed = umockdev_testbed_new();
    if (strcmp(argument[1], "-")) add_scanner(bed, argument[1]);
    add_pad(bed);
    pthread_t thread;
    if (pthread_create(&thread, NULL, pen, NULL)) fail("pen", "no thread");

    g_setenv("LD_PRELOAD", "libumockdev-preload.so.0", TRUE);
    GPid process;
    GError *error = NULL;
    GMainLoop *loop = g_main_loop_new(NULL, FALSE);
    if (!g_spawn_async(NULL, argument + 4, NULL, G_SPAWN_DO_NOT_REAP_CHILD | G_SPAWN_SEARCH_PATH | G_SPAWN_CHILD_INHERITS_STDIN,
                       NULL, NULL, &process, &error)) fail(argument[4], error->message);
    g_child_watch_add(process, command_ended, loop);
    g_main_loop_run(loop);
    g_object_unref(bed);
    return WIFEXITED(ended) ? WEXITSTATUS(ended) : 128 + WTERMSIG(ended);
}
