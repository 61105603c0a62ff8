/*
 * How TLS 1.3 derives its keys: HKDF-Extract and HKDF-Expand-Label of RFC 5869 and RFC 8446, section 7.1, over SHA-256 and SHA-384. A
 * handshake does it about twenty times, each a handful of blocks of the digest. OpenSSL's own derivation looks up digest and MAC by name
 * and makes half a dozen objects each time, which costs as much again as the digests themselves. The digests here are OpenSSL's.
 */
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <strings.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/crypto.h>
#include <openssl/kdf.h>
#include <openssl/params.h>
#include <openssl/sha.h>

#define BLOCK_MAX SHA512_CBLOCK
#define DIGEST_MAX SHA384_DIGEST_LENGTH
/* Of RFC 8446's HkdfLabel: length, label with its prefix, hash; both are at most 255 bytes, and a byte tells how many. */
#define LABEL_MAX (2 + 1 + 255 + 1 + 255)

struct digest {
    size_t block, length;
    union {
        SHA256_CTX sha256;
        SHA512_CTX sha384;
    } state;
};

struct part {
    const void *bytes;
    size_t length;
};

static void begin(struct digest *digest)
{
    if (digest->length == SHA256_DIGEST_LENGTH)
        SHA256_Init(&digest->state.sha256);
    else
        SHA384_Init(&digest->state.sha384);
}

static void add(struct digest *digest, const void *bytes, size_t length)
{
    if (digest->length == SHA256_DIGEST_LENGTH)
        SHA256_Update(&digest->state.sha256, bytes, length);
    else
        SHA384_Update(&digest->state.sha384, bytes, length);
}

static void end(struct digest *digest, unsigned char *result)
{
    if (digest->length == SHA256_DIGEST_LENGTH)
        SHA256_Final(result, &digest->state.sha256);
    else
        SHA384_Final(result, &digest->state.sha384);
}

/* RFC 2104. The key has at most a block's length. */
static void hmac(struct digest *digest, struct part key, const struct part *parts, size_t count, unsigned char *result)
{
    union {
        unsigned char bytes[BLOCK_MAX];
        uint64_t words[BLOCK_MAX / sizeof(uint64_t)];
    } pad = { { 0 } };
    size_t at, words = digest->block / sizeof(uint64_t);

    memcpy(pad.bytes, key.bytes, key.length);
    for (at = 0; at < words; at++)
        pad.words[at] ^= 0x3636363636363636;

    begin(digest);
    add(digest, pad.bytes, digest->block);
    for (at = 0; at < count; at++)
        add(digest, parts[at].bytes, parts[at].length);
    end(digest, result);

    for (at = 0; at < words; at++)
        pad.words[at] ^= 0x3636363636363636 ^ 0x5c5c5c5c5c5c5c5c;
    begin(digest);
    add(digest, pad.bytes, digest->block);
    add(digest, result, digest->length);
    end(digest, result);
    OPENSSL_cleanse(pad.bytes, digest->block);
}

static int expand(struct digest *digest, struct part secret, struct part info, unsigned char *out, size_t length)
{
    unsigned char last[DIGEST_MAX];
    unsigned char counter = 0;
    size_t done = 0;

    if (length > 255 * digest->length)
        return 0;

    while (done < length) {
        size_t count = length - done < digest->length ? length - done : digest->length;
        struct part parts[3] = { { last, counter == 0 ? 0 : digest->length }, info, { &counter, 1 } };

        counter++;
        hmac(digest, secret, parts, 3, last);
        memcpy(out + done, last, count);
        done += count;
    }

    OPENSSL_cleanse(last, sizeof(last));
    return 1;
}

static int expand_label(struct digest *digest, struct part secret, const struct part label[2], struct part hash, unsigned char *out,
                        size_t length)
{
    unsigned char info[LABEL_MAX];
    size_t labels = label[0].length + label[1].length, at = 0;

    if (length > 0xffff || label[0].length > 255 || label[1].length > 255 || labels > 255 || hash.length > 255)
        return 0;

    info[at++] = (unsigned char)(length >> 8);
    info[at++] = (unsigned char)length;
    info[at++] = (unsigned char)labels;
    memcpy(info + at, label[0].bytes, label[0].length);
    memcpy(info + at + label[0].length, label[1].bytes, label[1].length);
    at += labels;
    info[at++] = (unsigned char)hash.length;
    memcpy(info + at, hash.bytes, hash.length);
    at += hash.length;
    return expand(digest, secret, (struct part){ info, at }, out, length);
}

/* The next secret of the key schedule: from the one before, if there is one, and a new input, or zeros in its place. */
static int next_secret(struct digest *digest, struct part before, const struct part label[2], struct part input, unsigned char *out)
{
    static const unsigned char zeros[DIGEST_MAX];
    unsigned char hash[DIGEST_MAX], salt[DIGEST_MAX];
    struct part salted = { zeros, digest->length };

    if (before.length != 0) {
        begin(digest);
        end(digest, hash);
        if (!expand_label(digest, before, label, (struct part){ hash, digest->length }, salt, digest->length))
            return 0;
        salted.bytes = salt;
    }

    if (input.length == 0)
        input = (struct part){ zeros, digest->length };
    hmac(digest, salted, &input, 1, out);
    OPENSSL_cleanse(salt, sizeof(salt));
    return 1;
}

static int choose(struct digest *digest, const OSSL_PARAM *name)
{
    const char *text = name == NULL || name->data_type != OSSL_PARAM_UTF8_STRING || name->data == NULL ? "" : name->data;

    if (strcasecmp(text, "SHA2-256") == 0 || strcasecmp(text, "SHA256") == 0)
        *digest = (struct digest){ .block = SHA256_CBLOCK, .length = SHA256_DIGEST_LENGTH };
    else if (strcasecmp(text, "SHA2-384") == 0 || strcasecmp(text, "SHA384") == 0)
        *digest = (struct digest){ .block = SHA512_CBLOCK, .length = SHA384_DIGEST_LENGTH };
    else
        return 0;
    return 1;
}

/* Its bytes. An absent one, and one of another type, has none. */
static struct part part_of(const OSSL_PARAM *parameters, const char *name)
{
    const OSSL_PARAM *found = OSSL_PARAM_locate_const(parameters, name);

    if (found == NULL || found->data_type != OSSL_PARAM_OCTET_STRING || found->data == NULL)
        return (struct part){ "", 0 };
    return (struct part){ found->data, found->data_size };
}

/* All parameters come with this call: libssl sets none before it. */
static int derive(void *context, unsigned char *out, size_t length, const OSSL_PARAM parameters[])
{
    struct digest digest;
    struct part key, salt, label[2], hash;
    int mode = -1, result = 0;

    (void)context;
    if (parameters == NULL || !choose(&digest, OSSL_PARAM_locate_const(parameters, OSSL_KDF_PARAM_DIGEST))
        || !OSSL_PARAM_get_int(OSSL_PARAM_locate_const(parameters, OSSL_KDF_PARAM_MODE), &mode))
        return 0;

    key = part_of(parameters, OSSL_KDF_PARAM_KEY);
    salt = part_of(parameters, OSSL_KDF_PARAM_SALT);
    hash = part_of(parameters, OSSL_KDF_PARAM_DATA);
    label[0] = part_of(parameters, OSSL_KDF_PARAM_PREFIX);
    label[1] = part_of(parameters, OSSL_KDF_PARAM_LABEL);
    if (salt.length > digest.block || label[1].length == 0)
        return 0;

    if (mode == EVP_KDF_HKDF_MODE_EXTRACT_ONLY && length == digest.length)
        result = next_secret(&digest, salt, label, key, out);
    else if (mode == EVP_KDF_HKDF_MODE_EXPAND_ONLY && key.length != 0 && key.length <= digest.block)
        result = expand_label(&digest, key, label, hash, out, length);
    OPENSSL_cleanse(&digest.state, sizeof(digest.state));
    return result;
}

static void *create(void *provider)
{
    return provider;
}

static void destroy(void *context)
{
    (void)context;
}

const OSSL_DISPATCH tls13_derivation[] = {
    { OSSL_FUNC_KDF_NEWCTX, (void (*)(void))create },
    { OSSL_FUNC_KDF_FREECTX, (void (*)(void))destroy },
    { OSSL_FUNC_KDF_RESET, (void (*)(void))destroy },
    { OSSL_FUNC_KDF_DERIVE, (void (*)(void))derive },
    { 0, NULL }
};
