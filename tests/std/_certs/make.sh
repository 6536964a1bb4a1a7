#!/bin/sh
# make.sh - writes the certificates that tests/std/ssl_*.py use, with the openssl command: NAME.pem has a key and its certificate.
# SPDX-License-Identifier: MIT
# All are valid until 2120, but for those that are not to be. They are for tests alone: their keys are public.
set -eu
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
forever="-startdate 20200101000000Z -enddate 21200101000000Z"

cat >"$work/ca.cnf" <<CNF
[ca]
default_ca = here
[here]
database = $work/index
serial = $work/serial
new_certs_dir = $work
default_md = sha256
policy = any
copy_extensions = copy
unique_subject = no
[any]
commonName = supplied
organizationName = optional
[req]
distinguished_name = name
[name]
[authority]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
[end]
basicConstraints = critical, CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF
: >"$work/index"
echo 1000 >"$work/serial"

# key NAME: an elliptic key; weak: RSA that is too short
key() {
    if [ "$1" = weak ]; then openssl genrsa -traditional -out "$work/$1.key" 1024 2>/dev/null
    else openssl ecparam -name prime256v1 -genkey -noout | openssl pkcs8 -topk8 -nocrypt -out "$work/$1.key"; fi
}

# authority NAME COMMON_NAME: signs itself
authority() {
    key "$1"
    openssl req -new -config "$work/ca.cnf" -key "$work/$1.key" -subj "/O=Krait tests/CN=$2" -out "$work/$1.csr"
    # shellcheck disable=SC2086
    openssl ca -batch -notext -config "$work/ca.cnf" -selfsign -keyfile "$work/$1.key" -extensions authority $forever -in "$work/$1.csr" -out "$work/$1.crt" 2>/dev/null
    cp "$work/$1.crt" "$1.pem"
}

# certificate NAME AUTHORITY USAGE NAMES DATES...: NAMES as subjectAltName has them
certificate() {
    name=$1 by=$2 usage=$3 names=$4
    shift 4
    key "$name"
    openssl req -new -config "$work/ca.cnf" -key "$work/$name.key" -subj "/O=Krait tests/CN=$name" -addext "subjectAltName=$names" -addext "extendedKeyUsage=$usage" -out "$work/$name.csr"
    openssl ca -batch -notext -config "$work/ca.cnf" -keyfile "$work/$by.key" -cert "$work/$by.crt" -extensions end "$@" -in "$work/$name.csr" -out "$work/$name.crt" 2>/dev/null
    cat "$work/$name.key" "$work/$name.crt" >"$name.pem"
}

here=DNS:localhost,DNS:*.krait.test,IP:127.0.0.1
authority authority "Krait test authority"
authority stranger "an authority that nobody knows"
# shellcheck disable=SC2086
{
    certificate server authority serverAuth "$here,IP:::1,email:tests@krait.invalid,URI:https://krait.invalid/,RID:1.2.3.4" $forever
    certificate other authority serverAuth DNS:other.krait.test $forever
    certificate client authority clientAuth DNS:client $forever
    certificate expired authority serverAuth "$here" -startdate 20200101000000Z -enddate 20200201000000Z
    certificate early authority serverAuth "$here" -startdate 21190101000000Z -enddate 21200101000000Z
    certificate unknown stranger serverAuth "$here" $forever
    certificate weak authority serverAuth "$here" $forever
    certificate wrong_use authority clientAuth "$here" $forever
}
key alone
openssl req -new -x509 -config "$work/ca.cnf" -key "$work/alone.key" -days 36500 -subj "/O=Krait tests/CN=localhost" -addext "subjectAltName=$here" -out "$work/alone.crt"
cat "$work/alone.key" "$work/alone.crt" >alone.pem
openssl pkcs8 -topk8 -in "$work/server.key" -passout pass:secret -out server_locked.key 2>/dev/null
cp "$work/server.crt" server.crt
