/*
 * The algorithms of OpenSSL that are linked in: those of TLS 1.2 and 1.3 as clients speak them, and of servers' certificates.
 *
 * OpenSSL finds its algorithms by name in the tables of a provider. Those of its default provider name all that it has: a static executable
 * holds all of it then, and the first connection walks through hundreds of entries. The linker takes what is defined here in the place
 * of those tables. The implementations are OpenSSL's own, under names that its versions 3 share.
 */
#include <stddef.h>
#include <string.h>
#include <strings.h>
#include <openssl/core.h>
#include <openssl/core_dispatch.h>
#include <openssl/bio.h>

#define PROPERTIES "provider=default"
#define TABLE(name) extern const OSSL_DISPATCH name[]

TABLE(ossl_sha1_functions);
TABLE(ossl_sha224_functions);
TABLE(ossl_sha256_functions);
TABLE(ossl_sha384_functions);
TABLE(ossl_sha512_functions);
TABLE(ossl_shake_256_functions);
TABLE(ossl_aes128gcm_functions);
TABLE(ossl_aes256gcm_functions);
TABLE(ossl_aes128cbc_functions);
TABLE(ossl_aes256cbc_functions);
TABLE(ossl_aes256ctr_functions);
TABLE(ossl_aes256ecb_functions);
TABLE(ossl_chacha20_ossl_poly1305_functions);
TABLE(ossl_null_functions);
TABLE(ossl_hmac_functions);
TABLE(ossl_kdf_tls1_prf_functions);
TABLE(ossl_drbg_ctr_functions);
TABLE(ossl_seed_src_functions);
TABLE(ossl_rsa_keymgmt_functions);
TABLE(ossl_rsapss_keymgmt_functions);
TABLE(ossl_ec_keymgmt_functions);
TABLE(ossl_x25519_keymgmt_functions);
TABLE(ossl_x448_keymgmt_functions);
TABLE(ossl_ed25519_keymgmt_functions);
TABLE(ossl_ed448_keymgmt_functions);
TABLE(ossl_dh_keymgmt_functions);
TABLE(ossl_mac_legacy_keymgmt_functions);
TABLE(ossl_ecdh_keyexch_functions);
TABLE(ossl_x25519_keyexch_functions);
TABLE(ossl_x448_keyexch_functions);
TABLE(ossl_dh_keyexch_functions);
TABLE(ossl_rsa_signature_functions);
TABLE(ossl_ecdsa_signature_functions);
TABLE(ossl_ed25519_signature_functions);
TABLE(ossl_ed448_signature_functions);
TABLE(ossl_mac_legacy_hmac_signature_functions);
TABLE(ossl_rsa_asym_cipher_functions);
TABLE(ossl_pem_to_der_decoder_functions);
TABLE(ossl_SubjectPublicKeyInfo_der_to_rsa_decoder_functions);
TABLE(ossl_SubjectPublicKeyInfo_der_to_rsapss_decoder_functions);
TABLE(ossl_SubjectPublicKeyInfo_der_to_ec_decoder_functions);
TABLE(ossl_SubjectPublicKeyInfo_der_to_ed25519_decoder_functions);
TABLE(ossl_SubjectPublicKeyInfo_der_to_ed448_decoder_functions);
TABLE(ossl_PrivateKeyInfo_der_to_rsa_decoder_functions);
TABLE(ossl_PrivateKeyInfo_der_to_rsapss_decoder_functions);
TABLE(ossl_PrivateKeyInfo_der_to_ec_decoder_functions);
TABLE(ossl_PrivateKeyInfo_der_to_ed25519_decoder_functions);
TABLE(ossl_PrivateKeyInfo_der_to_ed448_decoder_functions);
TABLE(ossl_type_specific_keypair_der_to_rsa_decoder_functions);
TABLE(ossl_type_specific_no_pub_der_to_ec_decoder_functions);

/* Of derivation.c. */
TABLE(tls13_derivation);

/* Internal calls of the library's, by which each of its providers sets up what its algorithms work with. */
void *ossl_prov_ctx_new(void);
void ossl_prov_ctx_free(void *context);
void ossl_prov_ctx_set0_libctx(void *context, void *library);
void ossl_prov_ctx_set0_handle(void *context, const OSSL_CORE_HANDLE *handle);
void ossl_prov_ctx_set0_core_bio_method(void *context, BIO_METHOD *method);
BIO_METHOD *ossl_prov_ctx_get0_core_bio_method(void *context);
BIO_METHOD *ossl_bio_prov_init_bio_method(void);
int ossl_prov_bio_from_dispatch(const OSSL_DISPATCH *functions);
int ossl_prov_seeding_from_dispatch(const OSSL_DISPATCH *functions);
int ossl_prov_get_capabilities(void *context, const char *capability, OSSL_CALLBACK *callback, void *argument);

#define END { NULL, NULL, NULL, NULL }
#define ALGORITHM(names, functions) { names, PROPERTIES, functions, NULL }
#define DECODER(name, structure, functions) { name, PROPERTIES ",fips=yes,input=der,structure=" structure, functions, NULL }

static const OSSL_ALGORITHM digests[] = {
    ALGORITHM("SHA1:SHA-1:SSL3-SHA1:1.3.14.3.2.26", ossl_sha1_functions),
    ALGORITHM("SHA2-224:SHA-224:SHA224:2.16.840.1.101.3.4.2.4", ossl_sha224_functions),
    ALGORITHM("SHA2-256:SHA-256:SHA256:2.16.840.1.101.3.4.2.1", ossl_sha256_functions),
    ALGORITHM("SHA2-384:SHA-384:SHA384:2.16.840.1.101.3.4.2.2", ossl_sha384_functions),
    ALGORITHM("SHA2-512:SHA-512:SHA512:2.16.840.1.101.3.4.2.3", ossl_sha512_functions),
    ALGORITHM("SHAKE-256:SHAKE256:2.16.840.1.101.3.4.2.12", ossl_shake_256_functions),
    END
};

/* ECB and CTR are for the random numbers. */
static const OSSL_ALGORITHM ciphers[] = {
    ALGORITHM("AES-128-GCM:id-aes128-GCM:2.16.840.1.101.3.4.1.6", ossl_aes128gcm_functions),
    ALGORITHM("AES-256-GCM:id-aes256-GCM:2.16.840.1.101.3.4.1.46", ossl_aes256gcm_functions),
    ALGORITHM("ChaCha20-Poly1305", ossl_chacha20_ossl_poly1305_functions),
    ALGORITHM("AES-128-CBC:AES128:2.16.840.1.101.3.4.1.2", ossl_aes128cbc_functions),
    ALGORITHM("AES-256-CBC:AES256:2.16.840.1.101.3.4.1.42", ossl_aes256cbc_functions),
    ALGORITHM("AES-256-CTR", ossl_aes256ctr_functions),
    ALGORITHM("AES-256-ECB:2.16.840.1.101.3.4.1.41", ossl_aes256ecb_functions),
    ALGORITHM("NULL", ossl_null_functions),
    END
};

static const OSSL_ALGORITHM macs[] = { ALGORITHM("HMAC", ossl_hmac_functions), END };

static const OSSL_ALGORITHM derivations[] = {
    ALGORITHM("TLS13-KDF", tls13_derivation),
    ALGORITHM("TLS1-PRF", ossl_kdf_tls1_prf_functions),
    END
};

static const OSSL_ALGORITHM random_numbers[] = {
    ALGORITHM("CTR-DRBG", ossl_drbg_ctr_functions),
    ALGORITHM("SEED-SRC", ossl_seed_src_functions),
    END
};

static const OSSL_ALGORITHM keys[] = {
    ALGORITHM("RSA:rsaEncryption:1.2.840.113549.1.1.1", ossl_rsa_keymgmt_functions),
    ALGORITHM("RSA-PSS:RSASSA-PSS:1.2.840.113549.1.1.10", ossl_rsapss_keymgmt_functions),
    ALGORITHM("EC:id-ecPublicKey:1.2.840.10045.2.1", ossl_ec_keymgmt_functions),
    ALGORITHM("X25519:1.3.101.110", ossl_x25519_keymgmt_functions),
    ALGORITHM("X448:1.3.101.111", ossl_x448_keymgmt_functions),
    ALGORITHM("ED25519:1.3.101.112", ossl_ed25519_keymgmt_functions),
    ALGORITHM("ED448:1.3.101.113", ossl_ed448_keymgmt_functions),
    ALGORITHM("DH:dhKeyAgreement:1.2.840.113549.1.3.1", ossl_dh_keymgmt_functions),
    ALGORITHM("HMAC", ossl_mac_legacy_keymgmt_functions),
    END
};

static const OSSL_ALGORITHM exchanges[] = {
    ALGORITHM("ECDH", ossl_ecdh_keyexch_functions),
    ALGORITHM("X25519:1.3.101.110", ossl_x25519_keyexch_functions),
    ALGORITHM("X448:1.3.101.111", ossl_x448_keyexch_functions),
    ALGORITHM("DH:dhKeyAgreement:1.2.840.113549.1.3.1", ossl_dh_keyexch_functions),
    END
};

static const OSSL_ALGORITHM signatures[] = {
    ALGORITHM("RSA:rsaEncryption:1.2.840.113549.1.1.1", ossl_rsa_signature_functions),
    ALGORITHM("ECDSA", ossl_ecdsa_signature_functions),
    ALGORITHM("ED25519:1.3.101.112", ossl_ed25519_signature_functions),
    ALGORITHM("ED448:1.3.101.113", ossl_ed448_signature_functions),
    ALGORITHM("HMAC", ossl_mac_legacy_hmac_signature_functions),
    END
};

/* Key exchange by RSA, of TLS 1.2. */
static const OSSL_ALGORITHM encryptions[] = { ALGORITHM("RSA:rsaEncryption:1.2.840.113549.1.1.1", ossl_rsa_asym_cipher_functions), END };

static const OSSL_ALGORITHM decoders[] = {
    DECODER("RSA:rsaEncryption:1.2.840.113549.1.1.1", "SubjectPublicKeyInfo", ossl_SubjectPublicKeyInfo_der_to_rsa_decoder_functions),
    DECODER("EC:id-ecPublicKey:1.2.840.10045.2.1", "SubjectPublicKeyInfo", ossl_SubjectPublicKeyInfo_der_to_ec_decoder_functions),
    DECODER("RSA-PSS:RSASSA-PSS:1.2.840.113549.1.1.10", "SubjectPublicKeyInfo", ossl_SubjectPublicKeyInfo_der_to_rsapss_decoder_functions),
    DECODER("ED25519:1.3.101.112", "SubjectPublicKeyInfo", ossl_SubjectPublicKeyInfo_der_to_ed25519_decoder_functions),
    DECODER("ED448:1.3.101.113", "SubjectPublicKeyInfo", ossl_SubjectPublicKeyInfo_der_to_ed448_decoder_functions),
    DECODER("RSA:rsaEncryption:1.2.840.113549.1.1.1", "PrivateKeyInfo", ossl_PrivateKeyInfo_der_to_rsa_decoder_functions),
    DECODER("EC:id-ecPublicKey:1.2.840.10045.2.1", "PrivateKeyInfo", ossl_PrivateKeyInfo_der_to_ec_decoder_functions),
    DECODER("RSA-PSS:RSASSA-PSS:1.2.840.113549.1.1.10", "PrivateKeyInfo", ossl_PrivateKeyInfo_der_to_rsapss_decoder_functions),
    DECODER("ED25519:1.3.101.112", "PrivateKeyInfo", ossl_PrivateKeyInfo_der_to_ed25519_decoder_functions),
    DECODER("ED448:1.3.101.113", "PrivateKeyInfo", ossl_PrivateKeyInfo_der_to_ed448_decoder_functions),
    DECODER("RSA:rsaEncryption:1.2.840.113549.1.1.1", "type-specific", ossl_type_specific_keypair_der_to_rsa_decoder_functions),
    DECODER("EC:id-ecPublicKey:1.2.840.10045.2.1", "type-specific", ossl_type_specific_no_pub_der_to_ec_decoder_functions),
    { "DER", PROPERTIES ",fips=yes,input=pem", ossl_pem_to_der_decoder_functions, NULL },
    END
};

static const OSSL_ALGORITHM *query(void *context, int operation, int *no_cache)
{
    (void)context;
    *no_cache = 0;
    switch (operation) {
    case OSSL_OP_DIGEST: return digests;
    case OSSL_OP_CIPHER: return ciphers;
    case OSSL_OP_MAC: return macs;
    case OSSL_OP_KDF: return derivations;
    case OSSL_OP_RAND: return random_numbers;
    case OSSL_OP_KEYMGMT: return keys;
    case OSSL_OP_KEYEXCH: return exchanges;
    case OSSL_OP_SIGNATURE: return signatures;
    case OSSL_OP_ASYM_CIPHER: return encryptions;
    case OSSL_OP_DECODER: return decoders;
    default: return NULL;
    }
}

/* Whether a digest or a cipher is in the tables. Of other operations it is not known: their names have further aliases. */
int is_offered(int operation, const char *name)
{
    const OSSL_ALGORITHM *algorithm;
    size_t length = strlen(name);

    if (operation != OSSL_OP_DIGEST && operation != OSSL_OP_CIPHER)
        return 1;

    for (algorithm = operation == OSSL_OP_DIGEST ? digests : ciphers; algorithm->algorithm_names != NULL; algorithm++) {
        const char *names = algorithm->algorithm_names;

        while (names != NULL) {
            if (strncasecmp(names, name, length) == 0 && (names[length] == ':' || names[length] == '\0'))
                return 1;
            names = strchr(names, ':');
            if (names != NULL)
                names++;
        }
    }

    return 0;
}

static void tear_down(void *context)
{
    BIO_meth_free(ossl_prov_ctx_get0_core_bio_method(context));
    ossl_prov_ctx_free(context);
}

static const OSSL_DISPATCH functions[] = {
    { OSSL_FUNC_PROVIDER_TEARDOWN, (void (*)(void))tear_down },
    { OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))query },
    { OSSL_FUNC_PROVIDER_GET_CAPABILITIES, (void (*)(void))ossl_prov_get_capabilities },
    { 0, NULL }
};

/* Called by the library when it needs its first algorithm. */
int ossl_default_provider_init(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out, void **context)
{
    OSSL_FUNC_core_get_libctx_fn *library = NULL;
    BIO_METHOD *method;

    if (!ossl_prov_bio_from_dispatch(in) || !ossl_prov_seeding_from_dispatch(in))
        return 0;

    for (; in->function_id != 0; in++) {
        if (in->function_id == OSSL_FUNC_CORE_GET_LIBCTX)
            library = OSSL_FUNC_core_get_libctx(in);
    }

    if (library == NULL || (*context = ossl_prov_ctx_new()) == NULL)
        return 0;

    method = ossl_bio_prov_init_bio_method();
    if (method == NULL) {
        ossl_prov_ctx_free(*context);
        *context = NULL;
        return 0;
    }

    ossl_prov_ctx_set0_libctx(*context, (void *)library(handle));
    ossl_prov_ctx_set0_handle(*context, handle);
    ossl_prov_ctx_set0_core_bio_method(*context, method);
    *out = functions;
    return 1;
}
