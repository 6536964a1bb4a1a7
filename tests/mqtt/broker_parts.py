"""The broker's parts by themselves: trees of topics, rights, passwords, settings."""
# SPDX-License-Identifier: MIT
import itertools
import os
import random
import tempfile
import time
import unittest

from mqtt.broker import BridgeSettings, Broker, Listener, Rule, Settings, SettingsError, read_settings
from mqtt.broker._access import PasswordFile, Rights, covers, create_password_file, filters_meet, hash_password, verify_password
from mqtt.broker._tree import SubscriptionTree, TopicTree, split_share
from mqtt.packet import topic_matches

LEVELS = ("a", "b", "", "$c")


def topics(depth=3):
    return ["/".join(p) for n in range(1, depth + 1) for p in itertools.product(LEVELS, repeat=n)]


def filters(depth=3):
    plain = ["/".join(p) for n in range(1, depth + 1) for p in itertools.product(("a", "b", "+", "$c"), repeat=n)]
    return plain + ["#"] + [f"{f}/#" for f in plain if f.count("/") < depth - 1]


class Trees(unittest.TestCase):
    def test_subscriptions_match_as_filters_do(self):
        tree = SubscriptionTree()
        names = filters()
        for f in names:
            self.assertTrue(tree.add(f, None, "client", f))
        self.assertFalse(tree.add("a/b", None, "client", "a/b"))
        self.assertEqual(tree.count, len(names))
        for topic in topics():
            found, shares = tree.match(topic)
            self.assertEqual(sorted(found), sorted(f for f in names if topic_matches(f, topic)), topic)
            self.assertEqual(shares, [])

    def test_removing_leaves_nothing(self):
        tree = SubscriptionTree()
        names = filters()
        random.Random(1).shuffle(names)
        for f in names:
            tree.add(f, None, 1, f)
            tree.add(f, "group", 1, f)
        for f in names:
            self.assertTrue(tree.remove(f, None, 1))
            self.assertTrue(tree.remove(f, "group", 1))
            self.assertFalse(tree.remove(f, None, 1))
            self.assertFalse(tree.remove(f, "group", 1))
        self.assertEqual((tree.count, tree._root.is_bare()), (0, True))

    def test_unrelated_subscriptions_cost_nothing(self):
        def cost(n):
            tree = SubscriptionTree()
            for i in range(n):
                tree.add(f"other/{i}/+/#", None, i, i)
            tree.add("mine/+", None, "me", "me")
            best = 1e9
            for _ in range(7):
                began = time.process_time()
                for _ in range(500):
                    tree.match("mine/x")
                best = min(best, time.process_time() - began)
            return best
        self.assertLess(cost(20000), 3 * cost(20))

    def test_deep_topics(self):
        tree = SubscriptionTree()
        deep = "/".join("x" * 30000)
        tree.add(deep, None, 1, "deep")
        tree.add("+/" * 29999 + "+", None, 2, "plus")
        tree.add("#", None, 3, "all")
        self.assertEqual(sorted(tree.match(deep)[0]), ["all", "deep", "plus"])
        topics = TopicTree()
        topics.put(deep, "deep")
        self.assertEqual((topics.match("#"), topics.pop(deep), topics.match("#")), (["deep"], "deep", []))

    def test_shares(self):
        tree = SubscriptionTree()
        for i in range(3):
            tree.add("a/+", "g", i, i)
        _, (share,) = tree.match("a/b")
        self.assertEqual([share.choose(lambda s: True) for _ in range(6)], [0, 1, 2, 0, 1, 2])
        self.assertEqual([share.choose(lambda s: s) for _ in range(4)], [1, 2, 1, 2])
        self.assertEqual({share.choose(lambda s: s == 2) for _ in range(4)}, {2})
        self.assertIn(share.choose(lambda s: False), (0, 1, 2))
        self.assertEqual(split_share("$share/g/a/#"), ("g", "a/#"))
        self.assertEqual(split_share("$shared/g"), (None, "$shared/g"))
        for bad in ("$share/", "$share/g", "$share/g/", "$share//a", "$share/+/a", "$share/#/a"):
            with self.assertRaises(ValueError):
                split_share(bad)

    def test_topics(self):
        tree, names = TopicTree(), topics()
        for topic in names:
            tree.put(topic, topic)
        self.assertEqual(tree.count, len(names))
        for f in filters():
            self.assertEqual(sorted(tree.match(f)), sorted(t for t in names if topic_matches(f, t)), f)
        for topic in names:
            self.assertEqual((tree.get(topic), tree.pop(topic), tree.get(topic)), (topic, topic, None))
        self.assertEqual((tree.count, tree._root.children), (0, {}))


class Access(unittest.TestCase):
    def test_filters_that_meet_or_cover(self):
        names, all_topics = filters(2), topics(3)
        meant = {f: {t for t in all_topics if topic_matches(f, t)} for f in names}
        for one, other in itertools.product(names, repeat=2):
            with self.subTest(one=one, other=other):
                self.assertEqual(filters_meet(one, other), bool(meant[one] & meant[other]))
                if covers(one, other):
                    self.assertLessEqual(meant[other], meant[one])

    def test_rules(self):
        rules = [Rule("*", read=["public/#"]), Rule("ann", read=["home/#"], write=["home/%u/+", "c/%c"], deny=["home/secret/#"])]
        ann, bob, nobody = Rights(rules, "ann", "c1"), Rights(rules, "bob", "c2"), Rights(rules, None, "c3")
        self.assertEqual([ann.may_read(t) for t in ("public/x", "home/x", "home/secret/x", "other")], [True, True, False, False])
        self.assertEqual([ann.may_write(t) for t in ("home/ann/x", "home/bob/x", "c/c1", "c/c2", "public/x")], [True, False, True, False, False])
        self.assertEqual([r.may_read("home/x") for r in (bob, nobody)], [False, False])
        self.assertEqual([ann.may_subscribe(f) for f in ("#", "home/+", "home/secret/a", "home/secret/#", "other/#")], [True, True, False, False, False])
        self.assertTrue(Rights([], None, "").may_write("anything"))
        self.assertFalse(Rights(rules, "zed", "z").may_write("anything"))

    def test_names_with_wildcards_widen_nothing(self):
        rules = [Rule("*", read=["u/%u"], write=["c/%c/#"], deny=["d/%c"])]
        for name in ("+", "#", "a/b", ""):
            rights = Rights(rules, name, name)
            self.assertFalse(rights.may_read("u/other") or rights.may_write("c/other") or rights.may_write("c/a/b"), name)
            self.assertFalse(rights.may_read("d/x"))
        for bad in ("a/#/b", "a%u", "x/%c%u"):
            with self.assertRaisesRegex(ValueError, "pattern"):
                Rule("*", read=[bad])

    def test_passwords(self):
        kept = hash_password("geheim")
        self.assertNotIn("geheim", kept)
        self.assertNotEqual(kept, hash_password("geheim"))
        self.assertTrue(verify_password(b"geheim", kept))
        self.assertFalse(verify_password("Geheim", kept))
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "users")
            file = create_password_file(path)
            file.set("ann", "one")
            self.assertEqual(os.stat(path).st_mode & 0o777, 0o600)
            other = PasswordFile(path)
            self.assertEqual([other.verify("ann", "one"), other.verify("ann", "two"), other.verify("bob", "one")], [True, False, False])
            file.set("ann", "two")
            other.refresh()
            self.assertTrue(other.verify("ann", "two"))
            self.assertEqual((file.delete("ann"), file.delete("ann")), (True, False))
            for bad in ("", "a:b", " a", "#a", "a\n"):
                with self.assertRaises(ValueError):
                    file.set(bad, "x")
            for bad in ("ann", "ann:clear", "ann:$scrypt$16384$8$1$x", "ann:$scrypt$1073741824$8$1$AAAAAAAAAAAAAAAA$AAAAAAAAAAAAAAAAAAAAAAAA", ":x"):
                with open(path, "w") as damaged:
                    damaged.write(f"# users\n\n{bad}\n")
                with self.assertRaisesRegex(ValueError, "line 3"):
                    PasswordFile(path)


class TheSettings(unittest.TestCase):
    def test_unsafe_listeners(self):
        with self.assertRaisesRegex(SettingsError, "0.0.0.0:1883: beyond this machine TLS is needed"):
            Broker("0.0.0.0")
        with self.assertRaisesRegex(SettingsError, "TLS"):
            Broker("fe80::1")
        Broker("0.0.0.0", listeners=[Listener("0.0.0.0", allow_insecure=True)])
        for local in ("127.0.0.1", "127.1.2.3", "::1", "localhost"):
            self.assertTrue(Listener(local).may_be_anonymous(False))
            self.assertFalse(Listener(local).may_be_anonymous(True))
        self.assertFalse(Listener("0.0.0.0", allow_insecure=True).may_be_anonymous(False))
        self.assertTrue(Listener("0.0.0.0", allow_insecure=True, allow_anonymous=True).may_be_anonymous(True))

    def test_ranges(self):
        for bad in ({"port": 70000}, {"when_full": "panic"}, {"max_packet_size": 1}, {"max_connections": -1}, {"max_receive": 0},
                    {"bridges": [BridgeSettings("b", "")]}, {"bridges": [BridgeSettings("b", "h", version=4, out=["a/#"], into=["a/+"])]},
                    {"bridges": [BridgeSettings("b", "h", out=["a"], qos=3)]}, {"listeners": [Listener(key="k")]}):
            with self.assertRaises(SettingsError, msg=str(bad)):
                Broker(**bad)

    def read(self, text):
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "broker.toml")
            with open(path, "w") as file:
                file.write(text)
            return read_settings(path)

    def test_file(self):
        found = self.read('store = "/tmp/x"\nsys_interval = 5\n[[listener]]\nport = 0\n[[listener]]\nport = 8883\nhost = "0.0.0.0"\nallow_insecure = true\n'
                          '[[rule]]\nuser = "ann"\nread = ["a/#"]\n[[bridge]]\nname = "up"\nhost = "h"\nout = ["#"]\n')
        settings = Settings(**found).check()
        self.assertEqual((settings.store, settings.sys_interval, len(settings.listeners)), ("/tmp/x", 5, 2))
        self.assertEqual(settings.rules, [Rule("ann", ["a/#"])])
        self.assertEqual(settings.bridges[0].out, ["#"])

    def test_errors_in_the_file(self):
        for text, words in (("stores = 1", "stores is no setting; there are store"), ("store = 1", "store is a string, not 1"),
                            ("max_connections = true", "a whole number"), ("x", "broker.toml"), ("[listener]\nport = 1", r"\[\[listener\]\]"),
                            ("[[listener]]\nport = 'x'", "listener 1: port is a whole number"), ("[[rule]]\nread = ['a#']", "pattern 'a#'"),
                            ("[[rule]]\nread = [1]", "a list of strings"), ("[[bridge]]\nhots = 'x'", "bridge 1: hots is no setting")):
            with self.assertRaisesRegex(SettingsError, words, msg=text):
                self.read(text)


if __name__ == "__main__":
    unittest.main()
