<?xml version="1.0" encoding="UTF-8"?>
<!-- help: a page or two on what came out of it, in the chair's words, under the chair's name -->
<!--
  Chair's summary: what was agreed, agreed ad referendum, bracketed, left open. See
  memobook-templates(5). To change a phrase, copy this file to
  ~/.local/share/memobook/templates/ and change the parameters.

  Each phrase says what the record carries, and no more:

    agreed              "Participants agreed as follows:", if nothing was overridden
    agreed, override    "It was recorded as agreed, although …": although a position is
                        against it or has conditions; else, although its text has
                        brackets; else, although not all conditions were met. What the
                        record says of it follows, where sides may be told.
    ad referendum       "Participants agreed, ad referendum, as follows: … To be
                        confirmed by: …", with the sides where they may be told
    bracketed           "No agreed text was reached.", then the views
    no agreement        "Views differed.", then the views
    deferred            "Participants left this issue for a later meeting."
    noted               "Participants took note of the following:"
    no outcome          "No outcome was recorded.", then the answer or the views

  The views are the positions that were shared; where there are none, the text in
  brackets; and for an issue without an outcome the annotations for and against it:
  "several participants" where three people or more made them, "some participants" where
  two did, else "one view was". People count as several only where the notes tell them
  apart, so not where statements are not attributed.

  Where all issues of a section have the same phrase, it stands once, above them. Two
  outcomes of few issues share a section.

  A recommendation names the issues that it rests on, and which of these are in doubt.
  Temperature checks are no votes, and are not in it.
-->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns="http://www.w3.org/1999/xhtml">
  <xsl:import href="stock:parts.xsl"/>

  <!-- What is printed, in this order. Take a word away to hide a section. Outcomes that
       are joined with + share a heading while they have few issues together. -->
  <xsl:param name="sections"
             select="'head agreed ad-referendum bracketed+no-agreement noted+deferred+no-outcome recommendations actions rest closing'"/>
  <!-- How many issues outcomes that are joined have together, at most. -->
  <xsl:param name="joined-most" select="6"/>
  <!-- How much of the wording of an issue is printed, in characters; 0: nothing. -->
  <xsl:param name="wording-length" select="75"/>
  <!-- How many characters stand in one line: an outcome that fits stands beside it. -->
  <xsl:param name="line-length" select="78"/>
  <!-- What stands between the sittings. -->
  <xsl:param name="between-sittings">; </xsl:param>

  <xsl:param name="document-title" select="'Chair’s summary'"/>

  <!-- Headings. -->
  <xsl:param name="title-agreed" select="'What was agreed'"/>
  <xsl:param name="title-ad-referendum" select="'Agreed ad referendum'"/>
  <xsl:param name="title-bracketed" select="'Text in brackets'"/>
  <xsl:param name="title-no-agreement" select="'No agreement'"/>
  <xsl:param name="title-noted" select="'Noted'"/>
  <xsl:param name="title-deferred" select="'Left for a later meeting'"/>
  <xsl:param name="title-no-outcome" select="'Discussed, without an outcome'"/>
  <xsl:param name="title-actions" select="'Next steps'"/>

  <!-- Phrases: outcomes. -->
  <xsl:param name="phrase-agreed" select="'Participants agreed as follows:'"/>
  <xsl:param name="phrase-agreed-no-text"
             select="'Participants agreed on this issue; no text was recorded.'"/>
  <xsl:param name="phrase-override" select="'It was recorded as agreed,'"/>
  <xsl:param name="phrase-although-positions"
             select="'although not all positions were in favour'"/>
  <xsl:param name="phrase-although-brackets"
             select="'although its text still has brackets'"/>
  <xsl:param name="phrase-although-other"
             select="'although not all conditions for agreement were met'"/>
  <xsl:param name="phrase-ad-referendum"
             select="'Participants agreed, ad referendum, as follows:'"/>
  <xsl:param name="phrase-ad-referendum-no-text"
             select="'Participants agreed on this issue, ad referendum; no text was recorded.'"/>
  <xsl:param name="phrase-to-be-confirmed-by" select="'To be confirmed by:'"/>
  <xsl:param name="phrase-to-be-confirmed" select="'It has still to be confirmed.'"/>
  <xsl:param name="phrase-bracketed" select="'No agreed text was reached.'"/>
  <xsl:param name="phrase-text" select="'The text under discussion:'"/>
  <xsl:param name="phrase-no-agreement" select="'Views differed.'"/>
  <xsl:param name="phrase-noted" select="'Participants took note of the following:'"/>
  <xsl:param name="phrase-noted-no-text" select="'Participants took note of this issue.'"/>
  <xsl:param name="phrase-deferred"
             select="'Participants left this issue for a later meeting.'"/>
  <xsl:param name="phrase-deferred-these"
             select="'Participants left these issues for a later meeting.'"/>
  <xsl:param name="phrase-kept-by" select="'Kept until then by:'"/>
  <xsl:param name="phrase-no-outcome" select="'No outcome was recorded.'"/>
  <xsl:param name="phrase-answer" select="'The answer recorded:'"/>

  <xsl:param name="phrase-unanswered" select="'Without an answer:'"/>

  <!-- Phrases: views. -->
  <xsl:param name="phrase-one-view" select="'One view'"/>
  <xsl:param name="phrase-another-view" select="'Another view'"/>
  <xsl:param name="phrase-was" select="'was:'"/>
  <xsl:param name="phrase-some" select="'Some participants'"/>
  <xsl:param name="phrase-several" select="'Several participants'"/>
  <xsl:param name="phrase-for" select="'spoke in favour:'"/>
  <xsl:param name="phrase-against" select="'spoke against:'"/>
  <xsl:param name="phrase-one-for" select="'One view was in favour:'"/>
  <xsl:param name="phrase-another-for" select="'Another was in favour:'"/>
  <xsl:param name="phrase-one-against" select="'One view was against:'"/>
  <xsl:param name="phrase-another-against" select="'Another was against:'"/>

  <!-- Phrases: recommendations, next steps, the rest, the end. -->
  <xsl:param name="label-rests-on" select="'Rests on'"/>
  <xsl:param name="recommendation-agreed" select="'Participants agreed to recommend this.'"/>
  <xsl:param name="recommendation-ad-referendum"
             select="'Participants agreed, ad referendum, to recommend this.'"/>
  <xsl:param name="recommendation-noted"
             select="'Participants took note of this recommendation.'"/>
  <xsl:param name="recommendation-deferred"
             select="'Participants left this recommendation for a later meeting.'"/>
  <xsl:param name="recommendation-open"
             select="'A recommendation of the memo; no outcome was recorded.'"/>
  <xsl:param name="head-action" select="'Action'"/>
  <xsl:param name="head-owner" select="'Owner'"/>
  <xsl:param name="head-due" select="'Due'"/>
  <xsl:param name="head-issue" select="'Issue'"/>
  <xsl:param name="label-withdrawn" select="'Withdrawn:'"/>
  <xsl:param name="label-not-taken-up" select="'Not discussed:'"/>
  <xsl:param name="text-disclaimer"
             select="'This summary was made under the sole responsibility of the chair. It is not a negotiated text, and it binds no participant.'"/>
  <xsl:param name="text-closing" select="'As of'"/>

  <!-- Issues by what section they stand in. -->
  <xsl:key name="outcome" match="topic/issue[@disposition != 'open']" use="@disposition"/>
  <xsl:key name="outcome" match="topic/issue[@disposition = 'agreed-ad-referendum']"
           use="'ad-referendum'"/>
  <xsl:key name="outcome"
           match="topic/issue[@disposition = 'open' and
                              (@progress != 'not-discussed' or answer)]" use="'no-outcome'"/>
  <xsl:key name="outcome"
           match="issue[parent::topic or parent::recommendations]
                       [@disposition = 'open' and not(support) and
                        not(@progress != 'not-discussed' or answer)]" use="'untouched'"/>

  <xsl:template name="part">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'head'"><xsl:call-template name="chair-head"/></xsl:when>
      <xsl:when test="$name = 'recommendations'">
        <xsl:apply-templates
            select="recommendations[issue[@disposition != 'open' or support or answer or
                                          @progress != 'not-discussed']]"/>
      </xsl:when>
      <xsl:when test="$name = 'actions'">
        <xsl:apply-templates select="actions[action[not(@done)]]"/>
      </xsl:when>
      <xsl:when test="$name = 'rest'"><xsl:call-template name="rest"/></xsl:when>
      <xsl:when test="$name = 'closing'">
        <xsl:call-template name="closing">
          <xsl:with-param name="text" select="$text-closing"/>
          <xsl:with-param name="last" select="$text-disclaimer"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="outcomes">
          <xsl:with-param name="names" select="$name"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="chair-head">
    <xsl:call-template name="head">
      <xsl:with-param name="facts">
        <xsl:call-template name="attendance-facts"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:if test="not(totals/@discussed > 0 or totals/@recorded > 0)">
      <p><xsl:value-of select="$text-nothing"/></p>
    </xsl:if>
  </xsl:template>

  <!-- Host and place in one line. -->
  <xsl:template match="meeting">
    <xsl:call-template name="fact">
      <xsl:with-param name="label" select="$label-meeting"/>
      <xsl:with-param name="text" select="name"/>
    </xsl:call-template>
    <xsl:call-template name="fact">
      <xsl:with-param name="label">
        <xsl:choose>
          <xsl:when test="place"><xsl:value-of select="$label-place"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$label-host"/></xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="text">
        <xsl:value-of select="host"/>
        <xsl:if test="host and place">, </xsl:if>
        <xsl:value-of select="place"/>
      </xsl:with-param>
    </xsl:call-template>
    <xsl:call-template name="dates-fact"/>
  </xsl:template>

  <!-- The outcomes "noted+deferred": one section, or one for each. -->
  <xsl:template name="outcomes">
    <xsl:param name="names"/>
    <xsl:variable name="count">
      <xsl:call-template name="count-issues">
        <xsl:with-param name="names" select="$names"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:choose>
      <xsl:when test="$count = 0"/>
      <xsl:when test="contains($names, '+') and $count > $joined-most">
        <xsl:call-template name="outcomes">
          <xsl:with-param name="names" select="substring-before($names, '+')"/>
        </xsl:call-template>
        <xsl:call-template name="outcomes">
          <xsl:with-param name="names" select="substring-after($names, '+')"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <section class="results compact">
          <h2>
            <xsl:call-template name="each-outcome">
              <xsl:with-param name="names" select="$names"/>
              <xsl:with-param name="title" select="true()"/>
            </xsl:call-template>
          </h2>
          <xsl:call-template name="each-outcome">
            <xsl:with-param name="names" select="$names"/>
            <xsl:with-param name="of" select="number($count)"/>
          </xsl:call-template>
        </section>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="count-issues">
    <xsl:param name="names"/>
    <xsl:param name="before" select="0"/>
    <xsl:variable name="first" select="substring-before(concat($names, '+'), '+')"/>
    <xsl:choose>
      <xsl:when test="$names">
        <xsl:call-template name="count-issues">
          <xsl:with-param name="names" select="substring-after($names, '+')"/>
          <xsl:with-param name="before" select="$before + count(key('outcome', $first))"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$before"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The titles of the outcomes that there are, or their issues, of so many in all. -->
  <xsl:template name="each-outcome">
    <xsl:param name="names"/>
    <xsl:param name="title" select="false()"/>
    <xsl:param name="of"/>
    <xsl:param name="first" select="true()"/>
    <xsl:variable name="name" select="substring-before(concat($names, '+'), '+')"/>
    <xsl:variable name="rest" select="substring-after($names, '+')"/>
    <xsl:variable name="issues" select="key('outcome', $name)"/>
    <xsl:choose>
      <xsl:when test="$title and $issues">
        <xsl:if test="not($first)"><xsl:value-of select="$dot"/></xsl:if>
        <xsl:call-template name="outcome-title">
          <xsl:with-param name="name" select="$name"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="$issues">
        <xsl:call-template name="outcome-issues">
          <xsl:with-param name="name" select="$name"/>
          <xsl:with-param name="issues" select="$issues"/>
          <xsl:with-param name="joined" select="count($issues) &lt; $of"/>
        </xsl:call-template>
      </xsl:when>
    </xsl:choose>
    <xsl:if test="$rest">
      <xsl:call-template name="each-outcome">
        <xsl:with-param name="names" select="$rest"/>
        <xsl:with-param name="title" select="$title"/>
        <xsl:with-param name="of" select="$of"/>
        <xsl:with-param name="first" select="$first and not($issues)"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template name="outcome-title">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'agreed'"><xsl:value-of select="$title-agreed"/></xsl:when>
      <xsl:when test="$name = 'ad-referendum'">
        <xsl:value-of select="$title-ad-referendum"/>
      </xsl:when>
      <xsl:when test="$name = 'bracketed'"><xsl:value-of select="$title-bracketed"/></xsl:when>
      <xsl:when test="$name = 'no-agreement'">
        <xsl:value-of select="$title-no-agreement"/>
      </xsl:when>
      <xsl:when test="$name = 'noted'"><xsl:value-of select="$title-noted"/></xsl:when>
      <xsl:when test="$name = 'deferred'"><xsl:value-of select="$title-deferred"/></xsl:when>
      <xsl:when test="$name = 'no-outcome'"><xsl:value-of select="$title-no-outcome"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- The phrase that the issues of an outcome share; without one the title says it. -->
  <xsl:template name="outcome-lead">
    <xsl:param name="name"/>
    <xsl:choose>
      <xsl:when test="$name = 'agreed'"><xsl:value-of select="$phrase-agreed"/></xsl:when>
      <xsl:when test="$name = 'ad-referendum'">
        <xsl:value-of select="$phrase-ad-referendum"/>
      </xsl:when>
      <xsl:when test="$name = 'bracketed'"><xsl:value-of select="$phrase-bracketed"/></xsl:when>
      <xsl:when test="$name = 'no-agreement'">
        <xsl:value-of select="$phrase-no-agreement"/>
      </xsl:when>
      <xsl:when test="$name = 'noted'"><xsl:value-of select="$phrase-noted"/></xsl:when>
      <xsl:when test="$name = 'deferred'">
        <xsl:value-of select="$phrase-deferred-these"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="outcome-issues">
    <xsl:param name="name"/>
    <xsl:param name="issues"/>
    <xsl:param name="joined"/>
    <xsl:variable name="of-text"
                  select="$name = 'agreed' or $name = 'ad-referendum' or $name = 'noted'"/>
    <xsl:variable name="others" select="$issues[disposition[@last]/override or
                                                ($of-text and not(answer))]"/>
    <xsl:variable name="said" select="count($issues) > 1 and not($joined or $others)"/>
    <xsl:variable name="lead">
      <xsl:call-template name="outcome-lead">
        <xsl:with-param name="name" select="$name"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="$said and string($lead)"><p><xsl:value-of select="$lead"/></p></xsl:if>
    <xsl:for-each select="$issues">
      <xsl:call-template name="in-brief">
        <xsl:with-param name="phrase">
          <xsl:call-template name="phrase">
            <xsl:with-param name="said" select="$said"/>
          </xsl:call-template>
        </xsl:with-param>
      </xsl:call-template>
    </xsl:for-each>
  </xsl:template>

  <!-- An issue: what it is about, and what the chair says of it, in one line if they fit. -->
  <xsl:template name="in-brief">
    <xsl:param name="phrase"/>
    <xsl:variable name="wording"><xsl:call-template name="short-wording"/></xsl:variable>
    <p class="brief" id="{@ref}">
      <strong class="cite"><xsl:value-of select="@cite"/></strong>
      <xsl:text> </xsl:text>
      <xsl:if test="string($wording)"><em><xsl:value-of select="$wording"/></em></xsl:if>
      <xsl:choose>
        <xsl:when test="not(string($wording) and string($phrase))"/>
        <xsl:when test="string-length($wording) + string-length($phrase) > $line-length">
          <br/>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="concat($nbsp, '– ')"/></xsl:otherwise>
      </xsl:choose>
      <xsl:copy-of select="$phrase"/>
    </p>
  </xsl:template>

  <!-- The beginning of an issue. -->
  <xsl:template name="short-wording">
    <xsl:variable name="text">
      <xsl:call-template name="issue-text"/>
    </xsl:variable>
    <xsl:variable name="whole" select="normalize-space($text)"/>
    <xsl:choose>
      <xsl:when test="$wording-length = 0"/>
      <xsl:when test="string-length($whole) &lt;= $wording-length + 10">
        <xsl:value-of select="$whole"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:variable name="cut">
          <xsl:call-template name="to-word">
            <xsl:with-param name="text" select="substring($whole, 1, $wording-length)"/>
            <xsl:with-param name="most" select="20"/>
          </xsl:call-template>
        </xsl:variable>
        <xsl:value-of select="normalize-space($cut)"/>
        <xsl:if test="substring($cut, string-length($cut)) = ' '">
          <xsl:value-of select="$nbsp"/>
        </xsl:if>
        <xsl:text>…</xsl:text>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Without the word that was cut; a text without blanks stays as it is. -->
  <xsl:template name="to-word">
    <xsl:param name="text"/>
    <xsl:param name="most"/>
    <xsl:variable name="length" select="string-length($text)"/>
    <xsl:choose>
      <xsl:when test="$most = 0"><xsl:value-of select="$text"/></xsl:when>
      <xsl:when test="substring($text, $length) = ' '"><xsl:value-of select="$text"/></xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="to-word">
          <xsl:with-param name="text" select="substring($text, 1, $length - 1)"/>
          <xsl:with-param name="most" select="$most - 1"/>
        </xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What the chair says of an issue; `said`: the phrase stands above it already. -->
  <xsl:template name="phrase">
    <xsl:param name="said" select="false()"/>
    <xsl:variable name="step" select="disposition[@last]"/>
    <xsl:choose>
      <xsl:when test="@disposition = 'agreed' and $step/override">
        <xsl:call-template name="override"/>
      </xsl:when>
      <xsl:when test="@disposition = 'agreed'">
        <xsl:call-template name="with-text">
          <xsl:with-param name="phrase" select="$phrase-agreed"/>
          <xsl:with-param name="said" select="$said"/>
          <xsl:with-param name="without" select="$phrase-agreed-no-text"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="@disposition = 'agreed-ad-referendum'">
        <xsl:choose>
          <xsl:when test="$step/override"><xsl:call-template name="override"/></xsl:when>
          <xsl:otherwise>
            <xsl:call-template name="with-text">
              <xsl:with-param name="phrase" select="$phrase-ad-referendum"/>
              <xsl:with-param name="said" select="$said"/>
              <xsl:with-param name="without" select="$phrase-ad-referendum-no-text"/>
            </xsl:call-template>
          </xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="to-be-confirmed"/>
      </xsl:when>
      <xsl:when test="@disposition = 'bracketed'">
        <xsl:if test="not($said)"><xsl:value-of select="$phrase-bracketed"/></xsl:if>
        <xsl:call-template name="views"/>
      </xsl:when>
      <xsl:when test="@disposition = 'no-agreement'">
        <xsl:if test="not($said)"><xsl:value-of select="$phrase-no-agreement"/></xsl:if>
        <xsl:call-template name="views"/>
      </xsl:when>
      <xsl:when test="@disposition = 'noted'">
        <xsl:call-template name="with-text">
          <xsl:with-param name="phrase" select="$phrase-noted"/>
          <xsl:with-param name="said" select="$said"/>
          <xsl:with-param name="without" select="$phrase-noted-no-text"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:when test="@disposition = 'deferred'">
        <xsl:if test="not($said)"><xsl:value-of select="$phrase-deferred"/></xsl:if>
        <xsl:call-template name="keeper"/>
      </xsl:when>
      <xsl:when test="@disposition = 'open'">
        <xsl:if test="not($said)"><xsl:value-of select="$phrase-no-outcome"/></xsl:if>
        <xsl:choose>
          <xsl:when test="answer and not(answer/p/bracket or answer/p/broken or position)">
            <xsl:value-of select="concat(' ', $phrase-answer, ' ')"/>
            <xsl:call-template name="text"/>
          </xsl:when>
          <xsl:otherwise><xsl:call-template name="views"/></xsl:otherwise>
        </xsl:choose>
        <xsl:call-template name="spoken"/>
      </xsl:when>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="with-text">
    <xsl:param name="phrase"/>
    <xsl:param name="without"/>
    <xsl:param name="said"/>
    <xsl:choose>
      <xsl:when test="answer">
        <xsl:if test="not($said)"><xsl:value-of select="concat($phrase, ' ')"/></xsl:if>
        <xsl:call-template name="text"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$without"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The answer; those to sub-questions by their numbers. -->
  <xsl:template name="text">
    <xsl:for-each select="answer">
      <xsl:if test="position() > 1"><xsl:text> </xsl:text></xsl:if>
      <xsl:if test="@sub"><xsl:value-of select="concat('(', @sub, ')', $nbsp)"/></xsl:if>
      <xsl:call-template name="lines"/>
    </xsl:for-each>
    <xsl:if test="answer/@sub and p[@state = 'open'] and not(answer[not(@sub)])">
      <xsl:text> </xsl:text>
      <xsl:value-of select="concat($phrase-unanswered, ' ')"/>
      <xsl:for-each select="p[@state = 'open']">
        <xsl:if test="position() > 1">, </xsl:if>
        <xsl:value-of select="concat('(', @n, ')')"/>
      </xsl:for-each>
      <xsl:text>.</xsl:text>
    </xsl:if>
  </xsl:template>

  <xsl:template name="override">
    <xsl:variable name="told" select="disposition[@last]/override"/>
    <xsl:value-of select="concat($phrase-override, ' ')"/>
    <xsl:choose>
      <xsl:when test="position[@shared != 'no']
                              [@stance = 'against' or @stance = 'conditional']">
        <xsl:value-of select="$phrase-although-positions"/>
      </xsl:when>
      <xsl:when test="@brackets > 0 or @broken > 0">
        <xsl:value-of select="$phrase-although-brackets"/>
      </xsl:when>
      <xsl:otherwise><xsl:value-of select="$phrase-although-other"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="string($told)"> (<xsl:value-of select="$told"/>)</xsl:if>
    <xsl:choose>
      <xsl:when test="answer">
        <xsl:text>: </xsl:text>
        <xsl:call-template name="text"/>
      </xsl:when>
      <xsl:otherwise>.</xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="to-be-confirmed">
    <xsl:variable name="waiting" select="disposition[@last]/asked[@confirmed = 'no']"/>
    <xsl:choose>
      <xsl:when test="$waiting/@side-name">
        <xsl:text> </xsl:text>
        <xsl:value-of select="concat($phrase-to-be-confirmed-by, ' ')"/>
        <xsl:for-each select="$waiting[@side-name]">
          <xsl:if test="position() > 1">, </xsl:if>
          <xsl:value-of select="@side-name"/>
        </xsl:for-each>
        <xsl:text>.</xsl:text>
      </xsl:when>
      <xsl:otherwise>
        <xsl:text> </xsl:text>
        <xsl:value-of select="$phrase-to-be-confirmed"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="keeper">
    <xsl:for-each select="disposition[@last]/keeper[@by]">
      <xsl:value-of select="concat(' ', $phrase-kept-by, ' ', @by, '.')"/>
    </xsl:for-each>
  </xsl:template>

  <!-- The positions that the room knows; then the text that is in brackets. -->
  <xsl:template name="views">
    <xsl:variable name="positions" select="position[@shared != 'no' and p]"/>
    <xsl:for-each select="$positions">
      <xsl:text> </xsl:text>
      <xsl:choose>
        <xsl:when test="position() = 1"><xsl:value-of select="$phrase-one-view"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="$phrase-another-view"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="@side-name or @sub">
        <xsl:text> (</xsl:text>
        <xsl:value-of select="@side-name"/>
        <xsl:if test="@side-name and @sub">, </xsl:if>
        <xsl:if test="@sub"><xsl:value-of select="@cite"/></xsl:if>
        <xsl:text>)</xsl:text>
      </xsl:if>
      <xsl:value-of select="concat(' ', $phrase-was, ' ')"/>
      <xsl:call-template name="row-of-text"/>
      <xsl:call-template name="stop"/>
    </xsl:for-each>
    <xsl:if test="answer">
      <xsl:choose>
        <xsl:when test="not($positions) and count(answer) = 1 and count(answer/p) = 1 and
                        count(answer/p/bracket) = 1 and not(answer//broken) and
                        count(answer/p/bracket/alternative) > 1">
          <xsl:apply-templates select="answer/p/bracket/alternative" mode="view"/>
        </xsl:when>
        <xsl:otherwise>
          <xsl:text> </xsl:text>
          <xsl:value-of select="concat($phrase-text, ' ')"/>
          <xsl:call-template name="text"/>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:if>
  </xsl:template>

  <!-- Of a text with one bracket: what it says with this alternative. -->
  <xsl:template match="alternative" mode="view">
    <xsl:text> </xsl:text>
    <xsl:choose>
      <xsl:when test="position() = 1"><xsl:value-of select="$phrase-one-view"/></xsl:when>
      <xsl:otherwise><xsl:value-of select="$phrase-another-view"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@side-name"> (<xsl:value-of select="@side-name"/>)</xsl:if>
    <xsl:value-of select="concat(' ', $phrase-was, ' “')"/>
    <xsl:apply-templates select="../preceding-sibling::node()"/>
    <xsl:if test="not(@empty)">
      <xsl:apply-templates select="node()[not(self::owner)]"/>
    </xsl:if>
    <xsl:apply-templates select="../following-sibling::node()"/>
    <xsl:text>”</xsl:text>
  </xsl:template>

  <!-- Annotations for and against: how many people, only as far as they are told apart. -->
  <xsl:template name="spoken">
    <xsl:call-template name="spoken-kind">
      <xsl:with-param name="notes" select="note[@kind = 'for']"/>
      <xsl:with-param name="kind" select="'for'"/>
      <xsl:with-param name="spoke" select="$phrase-for"/>
      <xsl:with-param name="one" select="$phrase-one-for"/>
      <xsl:with-param name="another" select="$phrase-another-for"/>
    </xsl:call-template>
    <xsl:call-template name="spoken-kind">
      <xsl:with-param name="notes" select="note[@kind = 'against']"/>
      <xsl:with-param name="kind" select="'against'"/>
      <xsl:with-param name="spoke" select="$phrase-against"/>
      <xsl:with-param name="one" select="$phrase-one-against"/>
      <xsl:with-param name="another" select="$phrase-another-against"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="spoken-kind">
    <xsl:param name="notes"/>
    <xsl:param name="kind"/>
    <xsl:param name="spoke"/>
    <xsl:param name="one"/>
    <xsl:param name="another"/>
    <xsl:variable name="people" select="sum(said[@kind = $kind]/@people)"/>
    <xsl:choose>
      <xsl:when test="$people > 1">
        <xsl:text> </xsl:text>
        <xsl:choose>
          <xsl:when test="$people > 2">
            <xsl:value-of select="$phrase-several"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$phrase-some"/></xsl:otherwise>
        </xsl:choose>
        <xsl:value-of select="concat(' ', $spoke, ' ')"/>
        <xsl:for-each select="$notes">
          <xsl:if test="position() > 1">; </xsl:if>
          <xsl:call-template name="row-of-text"/>
          <xsl:if test="position() = last()"><xsl:call-template name="stop"/></xsl:if>
        </xsl:for-each>
      </xsl:when>
      <xsl:otherwise>
        <xsl:for-each select="$notes">
          <xsl:text> </xsl:text>
          <xsl:choose>
            <xsl:when test="position() = 1"><xsl:value-of select="$one"/></xsl:when>
            <xsl:otherwise><xsl:value-of select="$another"/></xsl:otherwise>
          </xsl:choose>
          <xsl:text> </xsl:text>
          <xsl:call-template name="row-of-text"/>
          <xsl:call-template name="stop"/>
        </xsl:for-each>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Recommendations. -->
  <xsl:template match="recommendations">
    <section class="recommendations compact" id="{@id}">
      <xsl:call-template name="recommendations-title"/>
      <xsl:apply-templates select="issue[@disposition != 'open' or support or answer or
                                         @progress != 'not-discussed']"/>
    </section>
  </xsl:template>

  <xsl:template match="recommendations/issue">
    <xsl:call-template name="in-brief">
      <xsl:with-param name="phrase">
        <xsl:call-template name="recommended"/>
        <xsl:if test="support">
          <xsl:value-of select="concat(' ', $label-rests-on, ' ')"/>
          <xsl:apply-templates select="support"/>
          <xsl:text>.</xsl:text>
        </xsl:if>
        <xsl:if test="doubt">
          <xsl:text> </xsl:text>
          <xsl:call-template name="doubts"/>
        </xsl:if>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="recommended">
    <xsl:variable name="plain" select="not(answer or disposition[@last]/override)"/>
    <xsl:choose>
      <xsl:when test="$plain and @disposition = 'agreed'">
        <xsl:value-of select="$recommendation-agreed"/>
      </xsl:when>
      <xsl:when test="$plain and @disposition = 'agreed-ad-referendum'">
        <xsl:value-of select="$recommendation-ad-referendum"/>
        <xsl:call-template name="to-be-confirmed"/>
      </xsl:when>
      <xsl:when test="$plain and @disposition = 'noted'">
        <xsl:value-of select="$recommendation-noted"/>
      </xsl:when>
      <xsl:when test="@disposition = 'deferred'">
        <xsl:value-of select="$recommendation-deferred"/>
        <xsl:call-template name="keeper"/>
      </xsl:when>
      <xsl:when test="@disposition = 'withdrawn'">
        <xsl:value-of select="concat($outcome-withdrawn, '.')"/>
      </xsl:when>
      <xsl:when test="@disposition = 'open' and not(answer or position or note)">
        <xsl:value-of select="$recommendation-open"/>
      </xsl:when>
      <xsl:otherwise><xsl:call-template name="phrase"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Next steps: what has still to be done, the next date first. -->
  <xsl:template match="actions">
    <xsl:variable name="open" select="action[not(@done)]"/>
    <xsl:variable name="owned" select="boolean($open/@by)"/>
    <xsl:variable name="dated" select="boolean($open/@due)"/>
    <section class="actions compact">
      <h2><xsl:value-of select="$title-actions"/></h2>
      <table>
        <thead>
          <tr>
            <th><xsl:value-of select="$head-action"/></th>
            <xsl:if test="$owned"><th><xsl:value-of select="$head-owner"/></th></xsl:if>
            <xsl:if test="$dated"><th><xsl:value-of select="$head-due"/></th></xsl:if>
            <th><xsl:value-of select="$head-issue"/></th>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="$open">
            <xsl:sort select="not(@due)"/>
            <xsl:sort select="@due"/>
            <tr>
              <td><xsl:call-template name="lines"/></td>
              <xsl:if test="$owned"><td><xsl:value-of select="@by"/></td></xsl:if>
              <xsl:if test="$dated">
                <td><xsl:apply-templates select="@due-words"/></td>
              </xsl:if>
              <td><xsl:value-of select="@cite"/></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </section>
  </xsl:template>

  <!-- Issues that need no more than their citation. -->
  <xsl:template name="rest">
    <xsl:variable name="withdrawn" select="key('outcome', 'withdrawn')"/>
    <xsl:variable name="untouched" select="key('outcome', 'untouched')"/>
    <xsl:variable name="any" select="totals/@discussed > 0 or totals/@recorded > 0"/>
    <xsl:if test="$any and ($withdrawn or $untouched)">
      <section class="rest compact">
        <p>
          <xsl:call-template name="citations">
            <xsl:with-param name="label" select="$label-withdrawn"/>
            <xsl:with-param name="issues" select="$withdrawn"/>
          </xsl:call-template>
          <xsl:if test="$withdrawn and $untouched"><xsl:text> </xsl:text></xsl:if>
          <xsl:call-template name="citations">
            <xsl:with-param name="label" select="$label-not-taken-up"/>
            <xsl:with-param name="issues" select="$untouched"/>
          </xsl:call-template>
        </p>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:template name="citations">
    <xsl:param name="label"/>
    <xsl:param name="issues"/>
    <xsl:if test="$issues">
      <strong class="label"><xsl:value-of select="$label"/></strong>
      <xsl:text> </xsl:text>
      <xsl:for-each select="$issues">
        <xsl:if test="position() > 1">, </xsl:if>
        <xsl:value-of select="@cite"/>
      </xsl:for-each>
      <xsl:text>.</xsl:text>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
