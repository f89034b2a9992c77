#!/usr/bin/env bash
# Makes the fingerprint file that is shipped, java-classes.fingerprints, from the Java libraries of Debian and from the jars in some npm packages.
# It runs on Debian with its packages apt, dpkg, npm, unzip; FOLDER takes 3 GB and may be deleted afterwards.
set -euo pipefail
folder=${1:?usage: java-classes.sh FOLDER}
here=$(cd "$(dirname "$0")" && pwd)
program=$(cd "$here/../../../../.." && pwd)/ecoscanner
repository=$folder/root/usr/share/maven-repo
mkdir -p "$folder/deb" "$folder/npm" "$folder/root"

# Release by release: what Allure bundles are the files of Maven Central.
allure="2.3.3 2.7.0 2.13.0 2.17.2 2.22.1 2.27.0 2.34.0 2.46.1"
# Whose jars have no pom.properties: the group by the artifact.
groups="okhttp=com.squareup.okhttp3 okio=com.squareup.okio okio-jvm=com.squareup.okio retrofit=com.squareup.retrofit2 freemarker=org.freemarker
kotlin-stdlib=org.jetbrains.kotlin tika-core=org.apache.tika logback-core=ch.qos.logback logback-classic=ch.qos.logback flexmark=com.vladsch.flexmark
jcommander=com.beust opencsv=com.opencsv jaxb-api=javax.xml.bind"

(
  cd "$folder/deb"
  apt-cache search --names-only '^lib.*-java$' | cut -d' ' -f1 | xargs -n 40 apt-get download -q
)
for package in "$folder"/deb/*.deb; do
  dpkg-deb --fsys-tarfile "$package" | tar -x -C "$folder/root" --wildcards './usr/share/java*' './usr/share/maven-repo*' 2>/dev/null || true
done
(
  cd "$folder/npm"
  for version in $allure; do
    npm pack --silent "allure-commandline@$version"
    mkdir -p "$version" && tar -xzf "allure-commandline-$version.tgz" -C "$version"
  done
)

# GROUP:ARTIFACT:VERSION=JAR, a line each: Maven's layout tells it, Debian's own versions such as 3.x aside.
debian() {
  find -L "$repository" -name '*.jar' | while read -r jar; do
    path=${jar#"$repository"/}
    name=${path##*/} path=${path%/*} version=${path##*/}
    path=${path%/*} artifact=${path##*/} group=${path%/*}
    if [[ $version =~ ^[0-9] && $version != *x && $name == "$artifact-$version.jar" ]]; then echo "$(readlink -f "$jar") ${group//\//.}:$artifact:$version"; fi
  done | awk '{ if (length($2) > length(best[$1])) best[$1] = $2 } END { for (jar in best) print best[jar] "=" jar }'
}

npm_jars() {
  find "$folder/npm" -name '*.jar' ! -name '*allure*' ! -name '*-plugin-*' | while read -r jar; do
    name=$(basename "$jar" .jar)
    properties=$(unzip -p "$jar" 'META-INF/maven/*/pom.properties' 2>/dev/null | tr -d '\r' || true)
    artifact=$(sed -n 's/^artifactId=//p' <<<"$properties" | head -1) version=$(sed -n 's/^version=//p' <<<"$properties" | head -1)
    group=$(sed -n 's/^groupId=//p' <<<"$properties" | head -1)
    if [ "$artifact-$version" != "$name" ]; then
      [[ $name =~ ^(.+)-([0-9].*)$ ]] || continue
      artifact=${BASH_REMATCH[1]} version=${BASH_REMATCH[2]}
      group=$(tr ' ' '\n' <<<"$groups" | sed -n "s/^$artifact=//p")
    fi
    if [ -n "$group" ]; then echo "$group:$artifact:$version=$jar"; fi
  done
}

matching() { sed -n "s/^$1//p" "$here/java-classes.groups"; }

debian | sort >"$folder/debian.txt"
{
  npm_jars | sort -u -t= -k1,1
  {
    grep -Ef <(matching '[+]') "$folder/debian.txt"
    grep -Ef <(grep '^^' "$here/java-classes.groups") "$folder/debian.txt" | grep -vEf <(matching '!')
  } | sort -u
} >"$folder/jars.txt"
# A release that several bring is taken from the first.
mapfile -t jars <"$folder/jars.txt"
"$program" fingerprints build "${jars[@]}" -o "$here/java-classes.fingerprints" \
  --source "the packages lib*-java of Debian $(cat /etc/debian_version), and the jars in the npm package allure-commandline $allure; $(date -u +%F)"
