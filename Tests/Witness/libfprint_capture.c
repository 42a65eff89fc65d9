/*
 * Captures one picture with Debian's libfprint from the only scanner that it finds, and writes what it publishes.
 *
 *   libfprint_capture DRIVER FILE.pgm
 */
#include <libfprint-2/fprint.h>
#include <stdio.h>
#include <string.h>

static int fail(const char *what, GError *error) {
    fprintf(stderr, "libfprint: %s%s%s\n", what, error ? ": " : "", error ? error->message : "");
    return 1;
}

int main(int count, char **argument) {
    if (count != 3) return fail("usage: libfprint_capture DRIVER FILE.pgm", NULL);
    GError *error = NULL;
    FpContext *context = fp_context_new();
    GPtrArray *devices = fp_context_get_devices(context);
    if (devices->len != 1) return fail(devices->len ? "more than one scanner" : "no scanner", NULL);
    FpDevice *device = g_ptr_array_index(devices, 0);
    if (strcmp(fp_device_get_driver(device), argument[1]) != 0) return fail("another driver", NULL);
    if (!fp_device_open_sync(device, NULL, &error)) return fail("open", error);
    FpImage *image = fp_device_capture_sync(device, TRUE, NULL, &error);
    if (!image) return fail("capture", error);
    gsize length;
    const guchar *pixels = fp_image_get_data(image, &length);
    guint width = fp_image_get_width(image), height = fp_image_get_height(image);
    if (length != (gsize)width * height) return fail("another length than its size tells", NULL);
    FILE *file = fopen(argument[2], "wb");
    if (!file) return fail(argument[2], NULL);
    fprintf(file, "P5\n%u %u\n255\n", width, height);
    if (fwrite(pixels, 1, length, file) != length || fclose(file) != 0) return fail(argument[2], NULL);
    if (!fp_device_close_sync(device, NULL, &error)) return fail("close", error);
    printf("libfprint: %s, driver %s, %u x %u\n", fp_device_get_name(device), argument[1], width, height);
    return 0;
}
